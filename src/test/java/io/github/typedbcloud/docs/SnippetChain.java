package io.github.typedbcloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A Java snippet of a page, and those that continue it. Together they compile as one file: a
 * snippet that declares only types as it is, statements as the body of a method.
 *
 * @param page the page that holds them
 * @param snippets in the order of the page
 */
record SnippetChain(Page page, List<String> snippets) {

  private static final Pattern IMPORT = Pattern.compile("^import .*;\n", Pattern.MULTILINE);

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** What a user's project has: the client and its dependencies, without the tests of this one. */
  private static final String USER_CLASS_PATH =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .filter(entry -> !entry.endsWith("test-classes"))
          .collect(Collectors.joining(File.pathSeparator));

  /** Whether this is one snippet that declares types, and nothing else. */
  boolean isCompilationUnit() {
    return snippets.size() == 1 && !types(snippets.get(0)).isEmpty();
  }

  /** Whether the snippets need the environment variables of an account. */
  boolean needsAccount() {
    return source().contains("fromEnv()");
  }

  /** The name of the class that {@link #compile} writes. */
  String className() {
    return isCompilationUnit() ? types(snippets.get(0)).get(0) : "Snippet";
  }

  /** Compiles the snippets against the class path of a user's project. */
  void compile(Path directory) {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> options =
        List.of("-proc:none", "-d", directory.toString(), "-classpath", USER_CLASS_PATH);
    COMPILER
        .getTask(null, null, diagnostics, options, null, List.of(file(className(), source())))
        .call();
    assertThat(errors(diagnostics)).as("%s: this does not compile: %s", page, source()).isEmpty();
  }

  private String source() {
    if (isCompilationUnit()) {
      return snippets.get(0);
    }
    String all = String.join("\n", snippets);
    String imports =
        IMPORT.matcher(all).results().map(each -> each.group()).collect(Collectors.joining());
    return imports
        + "class Snippet {\n  public static void main(String[] args) throws Exception {\n"
        + IMPORT.matcher(all).replaceAll("")
        + "  }\n}\n";
  }

  /** The qualified names of the types in a compilation unit; empty for other source. */
  private static List<String> types(String source) {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavacTask task =
        (JavacTask)
            COMPILER.getTask(null, null, diagnostics, null, null, List.of(file("Snippet", source)));
    List<String> names = new ArrayList<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        String prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
        unit.getTypeDecls().stream()
            .filter(ClassTree.class::isInstance)
            .forEach(type -> names.add(prefix + ((ClassTree) type).getSimpleName()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return errors(diagnostics).isEmpty() ? names : List.of();
  }

  private static List<String> errors(DiagnosticCollector<JavaFileObject> diagnostics) {
    return diagnostics.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(each -> each.getLineNumber() + ": " + each.getMessage(Locale.ROOT))
        .toList();
  }

  private static JavaFileObject file(String className, String source) {
    URI uri = URI.create("string:///" + className.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  /** The name of a test's invocation. */
  @Override
  public String toString() {
    return page + ": " + snippets.get(0).lines().findFirst().orElse("");
  }
}
