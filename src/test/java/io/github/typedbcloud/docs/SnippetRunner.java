package io.github.typedbcloud.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs snippets that belong together as a JShell prompt does. A comment {@code // ==> value} after
 * an expression is its expected value.
 */
final class SnippetRunner implements AutoCloseable {

  /** The packages that a JShell prompt imports by default. */
  private static final List<String> PROMPT_IMPORTS =
      List.of(
          "java.io",
          "java.math",
          "java.net",
          "java.nio.file",
          "java.util",
          "java.util.concurrent",
          "java.util.function",
          "java.util.prefs",
          "java.util.regex",
          "java.util.stream");

  private static final List<String> CLOSED_AT_THE_END =
      List.of("TypeDBCloudClient", "TypeDBCloudSimulator");

  /**
   * Runs a snippet on the thread of the test. The "local" engine joins the threads that a snippet
   * has started by then, and those of a simulator do not end.
   */
  private static final class SameThread implements ExecutionControlProvider {
    @Override
    public String name() {
      return "same-thread";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return new DirectExecutionControl();
    }
  }

  /** Marks an expected value. */
  static final String VALUE_MARK = "// ==> ";

  private static final Pattern EXPECTED = Pattern.compile(VALUE_MARK + "(.*)");

  private final Page page;
  private final JShell shell = JShell.builder().executionEngine(new SameThread(), Map.of()).build();
  private int checkedValues;

  SnippetRunner(Page page) {
    this.page = page;
    String separator = System.getProperty("path.separator");
    for (String entry : System.getProperty("java.class.path").split(separator, -1)) {
      shell.addToClasspath(entry);
    }
    PROMPT_IMPORTS.forEach(name -> run("import " + name + ".*;"));
  }

  void run(String source) {
    String rest = source;
    while (!rest.isBlank()) {
      CompletionInfo statement = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      boolean complete = statement.completeness().isComplete();
      String code = complete ? statement.source() : rest;
      String next = complete ? statement.remaining() : "";
      String value = evaluate(code);
      // The parser leaves a comment to the next statement, unless there is none.
      String sameLine = next.lines().findFirst().orElse("");
      Matcher expected = EXPECTED.matcher(next.isEmpty() ? code : sameLine);
      if (expected.find()) {
        assertThat(value).as("%s: value of %s", page, code).isEqualTo(expected.group(1));
        next = next.isEmpty() ? next : next.substring(sameLine.length());
        checkedValues++;
      }
      rest = next;
    }
  }

  /** How many values were compared. */
  int checkedValues() {
    return checkedValues;
  }

  /** Returns the value of an expression, as the prompt prints it; else an empty string. */
  private String evaluate(String code) {
    String value = "";
    for (SnippetEvent event : shell.eval(code)) {
      if (event.exception() != null) {
        fail("%s: this snippet failed: %s".formatted(page, code), event.exception());
      }
      if (event.status() == Snippet.Status.REJECTED) {
        fail(
            "%s: this snippet does not compile: %s%n%s",
            page,
            code,
            shell.diagnostics(event.snippet()).map(each -> each.getMessage(null)).toList());
      }
      if (event.value() != null) {
        value = event.value();
      }
    }
    return value;
  }

  /** Closes the clients and simulators that the page left open. */
  @Override
  public void close() {
    shell
        .variables()
        .filter(variable -> CLOSED_AT_THE_END.contains(variable.typeName()))
        .forEach(variable -> evaluate(variable.name() + ".close();"));
    shell.close();
  }
}
