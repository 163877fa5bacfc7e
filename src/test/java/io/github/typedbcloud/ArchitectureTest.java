package io.github.typedbcloud;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The layout holds: who may use what, and who alone touches the outside. */
final class ArchitectureTest {

  private static final String ROOT = "io.github.typedbcloud";

  private static final Path SOURCES = Path.of("src/main/java");

  /**
   * The packages of ours and what each may import of ours, from the outside in. A package that is
   * not named here, and an import that is not, fails the build.
   */
  private static final Map<String, Set<String>> ALLOWED_IMPORTS =
      Map.ofEntries(
          // What users see.
          row("model", "internal.json internal.text"),
          row("time"),
          row("validation", "model internal.json internal.text"),
          row("error", "model validation internal.text"),
          row("event", "model internal.text"),
          row(
              "",
              "model error event time validation internal.api internal.auth internal.call"
                  + " internal.concurrent internal.http internal.listeners internal.text"
                  + " internal.validation internal.version internal.wait"),
          row("ephemeral", ". model error time validation"),
          row("junit", ". model ephemeral simulator time"),
          row("console", "model"),
          row("micrometer", "model event"),
          row("spring", ". model event micrometer simulator time validation"),
          // The runnable jar.
          row("cli", ". model ephemeral simulator time internal.version"),
          // The inside of the client.
          row("internal.text"),
          row("internal.json", "internal.text"),
          row("internal.version"),
          row("internal.validation", "model validation"),
          row("internal.http", "time internal.concurrent internal.text internal.version"),
          row(
              "internal.api",
              "model error validation internal.http internal.json internal.text internal.version"),
          row(
              "internal.listeners",
              "model event time internal.api internal.concurrent internal.http internal.text"),
          row(
              "internal.auth",
              "event time internal.api internal.concurrent internal.http internal.json"
                  + " internal.listeners internal.text"),
          row(
              "internal.call",
              "model error event time internal.api internal.auth internal.http internal.listeners"
                  + " internal.text"),
          row("internal.concurrent"),
          row(
              "internal.wait",
              "model error time internal.api internal.concurrent internal.http"
                  + " internal.validation"),
          // The simulator is a peer: it shares nothing with the client but the time.
          row("internal.httpserver", "time"),
          row("simulator", "time internal.httpserver internal.version"));

  private static final Pattern CLOCKS =
      Pattern.compile(
          "java\\.lang\\.System\\.(nanoTime|currentTimeMillis)"
              + "|java\\.time\\.\\w+\\.now|java\\.time\\.Clock\\.(system|tick)\\w*");

  private static final Pattern SLEEPS =
      Pattern.compile(
          "java\\.lang\\.Thread\\.sleep|java\\.util\\.concurrent\\.TimeUnit\\.sleep"
              + "|java\\.util\\.concurrent\\.locks\\.LockSupport\\.park(Nanos|Until)");

  private static final JavaClasses MAIN = classesBesides(TypeDBCloudClient.class);

  /** With the examples, which are compiled with the tests. */
  private static final JavaClasses TESTS = classesBesides(ArchitectureTest.class);

  @TestFactory
  Stream<DynamicTest> imports_ofEveryPackage_areInTheTable() {
    return ALLOWED_IMPORTS.entrySet().stream()
        .map(row -> dynamicTest(row.getKey(), () -> checkImports(row.getKey(), row.getValue())));
  }

  @Test
  void packages_areExactlyThoseInTheTable() {
    assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(ALLOWED_IMPORTS.keySet());
  }

  @Test
  void packages_dependencies_haveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void rootPackage_importedOnlyByItsUsers() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT, ROOT + ".ephemeral", ROOT + ".junit", ROOT + ".spring", ROOT + ".cli")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(MAIN);
  }

  @Test
  void okHttp_usedOnlyByTransportAndHooks() {
    noClasses()
        .that(
            describe(
                "are neither the transport, nor the client with its builder, nor the certificate",
                type ->
                    !type.getName().startsWith(ROOT + ".internal.http.HttpTransport")
                        && !type.getName().startsWith(ROOT + ".internal.http.BoundedLookups")
                        && !type.getName().equals(ROOT + ".internal.http.ReceivedBody")
                        && !type.getName().equals(ROOT + ".cli.SelfSignedCertificate")
                        && !type.getName().startsWith(ROOT + ".TypeDBCloudClient")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("okhttp3..", "okio..")
        .check(MAIN);
  }

  @Test
  void jacksonParser_usedOnlyWhereNamed() {
    noClasses()
        .that()
        .haveNameNotMatching(Pattern.quote(ROOT) + "\\.internal\\.json\\.(Json|ParserFields).*")
        .and()
        .haveNameNotMatching(Pattern.quote(ROOT) + "\\.simulator\\.SimulatorJson")
        .and()
        .haveNameNotMatching(Pattern.quote(ROOT) + "\\.cli\\.ConnectionInfo")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
                .and(
                    describe(
                        "are more than a tree", type -> !type.getSimpleName().endsWith("Node"))))
        .check(MAIN);
  }

  @Test
  void clocks_readOnlyBySystemTime() {
    noClasses()
        .that()
        .haveNameNotMatching(Pattern.quote(ROOT) + "\\.time\\.SystemTime")
        .should()
        .accessTargetWhere(use(CLOCKS).or(use(SLEEPS)))
        .check(MAIN);
  }

  @Test
  void tests_sleep_never() {
    noClasses().should().accessTargetWhere(use(SLEEPS)).check(TESTS);
  }

  @Test
  void client_blockingCode_isNotSynchronized() {
    methods()
        .that()
        .areDeclaredInClassesThat(
            describe(
                "are the client's",
                type ->
                    !resideInAPackage(ROOT + ".simulator..").test(type)
                        && !type.getSimpleName().equals("ManualTime")))
        .should()
        .notHaveModifier(JavaModifier.SYNCHRONIZED)
        .check(MAIN);
  }

  @Test
  void publicSignatures_foreignTypes_areHidden() {
    List<String> offending =
        MAIN.stream()
            .filter(type -> visible(type.getModifiers()))
            .filter(type -> isExported(type.getPackageName()))
            .flatMap(ArchitectureTest::signatures)
            .filter(
                signature ->
                    signature.types().stream()
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getName)
                        .anyMatch(
                            name ->
                                name.startsWith("com.fasterxml")
                                    || name.startsWith("okhttp3")
                                    || name.startsWith("okio")
                                    || name.startsWith("kotlin")))
            .map(Signature::name)
            .sorted()
            .toList();

    assertThat(offending)
        .containsExactly(
            "Builder.callFactory", "Builder.customizeHttpClient", "Builder.httpClient");
  }

  @Test
  void classes_modifiersAndNames_followRules() {
    classes()
        .that(
            describe(
                "are concrete classes that nothing is meant to extend",
                type ->
                    !type.isInterface()
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                        && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !type.isEnum()
                        && !type.isAnonymousClass()
                        && type.getAllSubclasses().isEmpty()
                        && !type.getSimpleName().equals("package-info")))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MAIN);
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(MAIN);
  }

  @Test
  void module_exports_publicPackagesOnly() throws IOException {
    String module = Files.readString(SOURCES.resolve("module-info.java"));
    List<String> exported =
        Pattern.compile("exports ([a-z.]+);")
            .matcher(module)
            .results()
            .map(r -> r.group(1))
            .toList();

    assertThat(exported)
        .containsExactlyInAnyOrderElementsOf(
            ALLOWED_IMPORTS.keySet().stream().filter(ArchitectureTest::isExported).toList());
  }

  /** Neither the inside of the library nor the command line is for other modules. */
  private static boolean isExported(String name) {
    return !name.contains(".internal") && !name.equals(ROOT + ".cli");
  }

  /**
   * All classes of the directory that holds the given one, and nothing of the libraries that they
   * use: the rules need no more than the names of those, and reading them takes most of the time.
   */
  private static JavaClasses classesBesides(Class<?> type) {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .importUrl(type.getProtectionDomain().getCodeSource().getLocation());
  }

  /** A call or a method reference, whatever the parameters. */
  private static DescribedPredicate<JavaAccess<?>> use(Pattern methods) {
    return describe(
        "use " + methods,
        access ->
            methods.matcher(access.getTargetOwner().getName() + "." + access.getName()).matches());
  }

  /** What users can see of a class: each member, and what the class extends, with its types. */
  private record Signature(String name, List<JavaType> types) {}

  private static Stream<Signature> signatures(JavaClass type) {
    String owner = type.getSimpleName();
    List<JavaType> parents = new ArrayList<>(type.getInterfaces());
    type.getSuperclass().ifPresent(parents::add);
    Stream<Signature> fields =
        type.getFields().stream()
            .filter(field -> visible(field.getModifiers()))
            .map(field -> new Signature(owner + "." + field.getName(), List.of(field.getType())));
    Stream<Signature> methodsAndConstructors =
        type.getCodeUnits().stream()
            .filter(member -> visible(member.getModifiers()))
            .map(
                member -> {
                  List<JavaType> types = new ArrayList<>(member.getParameterTypes());
                  types.add(member.getReturnType());
                  member.getExceptionTypes().forEach(types::add);
                  return new Signature(owner + "." + member.getName(), types);
                });
    return Stream.of(Stream.of(new Signature(owner, parents)), fields, methodsAndConstructors)
        .flatMap(all -> all);
  }

  private static boolean visible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  /** A row of the table; names are relative to the root package, which is ".". */
  private static Map.Entry<String, Set<String>> row(String name, String... allowed) {
    return Map.entry(
        absolute(name),
        Stream.of(allowed)
            .flatMap(names -> Stream.of(names.split(" ")))
            .map(ArchitectureTest::absolute)
            .collect(Collectors.toSet()));
  }

  private static String absolute(String name) {
    return name.isEmpty() || name.equals(".") ? ROOT : ROOT + "." + name;
  }

  private static void checkImports(String name, Set<String> allowed) {
    assertThat(ALLOWED_IMPORTS.keySet()).containsAll(allowed);
    classes()
        .that()
        .resideInAPackage(name)
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are of " + allowed + " or not ours",
                type ->
                    !type.getPackageName().startsWith(ROOT)
                        || type.getPackageName().equals(name)
                        || allowed.contains(type.getPackageName())))
        .check(MAIN);
  }
}
