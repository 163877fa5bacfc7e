package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference does not say: both readings of each assumption that has two, and the rest. */
class AssumptionTest {

  private static final String SOURCE = "io/github/typedbcloud/simulator/Assumption.java";

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** What is done to a cluster that is running, and the status code of the last response. */
  private static final Map<Assumption, List<Case>> CASES =
      Map.of(
          Assumption.CONTENT_TYPE,
          List.of(
              new Case("as text", 415, 200, s -> deployAs(s, "text/plain")),
              new Case(
                  "as a form", 415, 200, s -> deployAs(s, "application/x-www-form-urlencoded")),
              new Case("as JSON lines", 415, 200, s -> deployAs(s, "application/jsonl")),
              new Case("as JSON", 200, 200, s -> deployAs(s, "Application/JSON; charset=utf-8")),
              new Case("as a kind of JSON", 200, 200, s -> deployAs(s, "application/x+json")),
              new Case(
                  "no body",
                  200,
                  200,
                  s -> s.send("POST", "/clusters/a/suspend", "text/plain", "")),
              new Case("as nothing", 200, 200, s -> s.deploy(Bodies.paid("b")))),
          Assumption.UNKNOWN_FIELDS,
          List.of(
              new Case("deploy", 400, 200, s -> s.deploy(with(Bodies.paid("b"), "\"tags\":[]"))),
              new Case(
                  "clone",
                  400,
                  200,
                  s -> s.send("POST", "/clusters/a/clone", "{\"id\":\"b\",\"x\":1}")),
              new Case("update", 400, 200, s -> s.update("a", "{\"id\":\"b\",\"serverCount\":3}")),
              new Case("nothing else", 400, 400, s -> s.update("a", "{\"serverCount\":3}")),
              new Case(
                  "backup",
                  400,
                  200,
                  s -> s.update("a", "{\"backupConfiguration\":{\"days\":7}}"))),
          Assumption.NULL_FIELDS,
          List.of(
              new Case(
                  "optional",
                  400,
                  200,
                  s -> s.deploy(Bodies.deploy("id", "\"b\"", "backupConfiguration", "null"))),
              new Case(
                  "update", 400, 200, s -> s.update("a", "{\"id\":null,\"storageSizeGB\":20}")),
              new Case("only", 400, 400, s -> s.update("a", "{\"id\":null}")),
              new Case("required", 400, 400, s -> s.deploy(Bodies.deploy("id", "null")))),
          Assumption.PAID_BACKUP,
          List.of(
              new Case("paid without", 400, 200, s -> s.deploy(Bodies.paid("b"))),
              new Case(
                  "paid with",
                  200,
                  200,
                  s -> s.deploy(Bodies.deploy("id", "\"b\"", "backupConfiguration", "{}"))),
              new Case("free without", 200, 200, s -> s.deploy(Bodies.free("b")))),
          Assumption.REPEATED_TRANSITION,
          List.of(
              new Case("suspend", 400, 200, s -> s.suspend("a"), s -> s.suspend("a")),
              new Case("resume", 400, 200, s -> s.resume("a")),
              new Case("destroy", 400, 200, s -> s.destroy("a"), s -> s.destroy("a")),
              new Case("resume suspending", 400, 400, s -> s.suspend("a"), s -> s.resume("a"))),
          Assumption.UPDATE_AND_CLONE_STATUS,
          List.of(
              new Case(
                  "update",
                  400,
                  200,
                  s -> s.suspend("a"),
                  s -> s.update("a", "{\"storageSizeGB\":30}")),
              new Case("clone", 400, 200, s -> s.suspend("a"), s -> s.clone("a", "b")),
              new Case("clone running", 200, 200, s -> s.clone("a", "b")),
              new Case("destroying", 400, 400, s -> s.destroy("a"), s -> s.clone("a", "b"))),
          Assumption.STORAGE_DECREASE,
          List.of(
              new Case("less", 400, 200, s -> s.update("a", "{\"storageSizeGB\":19}")),
              new Case("same", 200, 200, s -> s.update("a", "{\"storageSizeGB\":20}"))),
          Assumption.VERSION_DOWNGRADE,
          List.of(
              new Case("older", 400, 200, s -> s.update("a", "{\"version\":\"2.29.3\"}")),
              new Case("same", 200, 200, s -> s.update("a", "{\"version\":\"3.0.6\"}")),
              new Case("newer", 200, 200, s -> s.update("a", "{\"version\":\"latest\"}"))),
          Assumption.ID_IN_USE_STATUS,
          List.of(
              new Case("clone", 400, 409, s -> s.clone("a", "a")),
              new Case(
                  "rename", 400, 409, s -> s.clone("a", "b"), s -> s.update("b", "{\"id\":\"a\"}")),
              new Case("deploy", 409, 409, s -> s.deploy(Bodies.paid("a")))));

  /**
   * Calls and what the last one responds with.
   *
   * @param strict the status code when the assumption is read strictly
   */
  record Case(String name, int strict, int lenient, List<Function<Caller, Response>> calls) {

    Case(String name, int strict, int lenient, Function<Caller, Response> call) {
      this(name, strict, lenient, List.of(call));
    }

    Case(
        String name,
        int strict,
        int lenient,
        Function<Caller, Response> first,
        Function<Caller, Response> second) {
      this(name, strict, lenient, List.of(first, second));
    }
  }

  static Stream<Arguments> cases() {
    return CASES.entrySet().stream()
        .flatMap(row -> row.getValue().stream().map(c -> Arguments.of(row.getKey(), c.name(), c)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void assumption_bothReadings_differAsDocumented(Assumption assumption, String name, Case what) {
    assertThat(run(what, builder().lenient().strict(assumption))).isEqualTo(what.strict());
    // An assumption changes nothing else: the case of one is the same under all others.
    Assumption[] others =
        Assumption.withReadings().stream()
            .filter(other -> other != assumption && !overlap(assumption, other))
            .toArray(Assumption[]::new);
    assertThat(run(what, builder().lenient().strict(others))).isEqualTo(what.lenient());
    boolean strictByDefault = assumption.isStrictByDefault();
    assertThat(run(what, builder())).isEqualTo(strictByDefault ? what.strict() : what.lenient());
  }

  @Test
  void cases_coverEveryAssumptionWithReadings() {
    assertThat(CASES.keySet()).containsExactlyInAnyOrderElementsOf(Assumption.withReadings());
    Set<Assumption> fixed = EnumSet.allOf(Assumption.class);
    fixed.removeAll(Assumption.withReadings());
    assertThat(fixed).noneMatch(Assumption::isStrictByDefault);
    for (Assumption assumption : fixed) {
      assertThatThrownBy(() -> TypeDBCloudSimulator.builder().strict(assumption))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(assumption + " has only one reading")
          .hasMessageContaining("contentType");
    }
  }

  @Test
  void cloneOfFree_withinLimit_isFree() {
    try (TypeDBCloudSimulator simulator = builder().freeClusterLimit(2).start()) {
      Caller space = Caller.space(simulator);
      space.deploy(Bodies.free("b"));
      assertThat(space.clone("b", "c").json().path("isFree").booleanValue()).isTrue();
      assertThat(space.clone("b", "d").json().path("isFree").booleanValue()).isFalse();
      space.deploy(Bodies.free("e")).isError(400, "free_cluster_limit");
    }
    try (TypeDBCloudSimulator simulator = builder().paymentMethod(false).start()) {
      Caller space = Caller.space(simulator);
      space.deploy(Bodies.free("b"));
      space.clone("b", "c").isError(400, "payment_method_required");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3.5.1 3.5.0 2.29.3, 3.5.1",
    "2.29.3 10.0.0 9.0.0, 10.0.0",
    "3.5.1-rc1 3.5.0, 3.5.1-rc1",
    "3.5.1-rc1 3.5.1, 3.5.1",
    "nightly 2.0.0, 2.0.0"
  })
  void latest_isTheNewestOffered(String offered, String newest) {
    List<String> versions = Arrays.asList(offered.split(" ", -1));
    try (TypeDBCloudSimulator simulator =
        TypeDBCloudSimulator.builder().versions(versions).start()) {
      Caller space = Caller.space(simulator);
      Response deployed = space.deploy(Bodies.deploy("version", "\"latest\""));
      assertThat(deployed.json().path("version").textValue()).isEqualTo(newest);
      Response listed = space.at("/api/v1").send("GET", "/cluster-versions", "");
      assertThat(listed.json().path("availableVersions"))
          .map(version -> version.textValue())
          .isEqualTo(versions);
    }
  }

  @Test
  void latest_nothingOffered_isRejected() {
    try (TypeDBCloudSimulator simulator =
        TypeDBCloudSimulator.builder().versions(List.of()).start()) {
      Caller.space(simulator)
          .deploy(Bodies.deploy("version", "\"latest\""))
          .isError(400, "invalid_field");
    }
  }

  @Test
  void names_areCamelCase() {
    assertThat(Stream.of(Assumption.values()).map(Assumption::toString).collect(Collectors.toSet()))
        .hasSize(Assumption.values().length)
        .contains("contentType", "paidBackup", "updateAndCloneStatus")
        .allMatch(name -> name.matches("[a-z]+([A-Z][a-z]+)*"));
  }

  /** The documentation of the constants is the table of the guide. */
  @Test
  void guide_hasTheTableOfTheEnum() throws IOException {
    String source = Files.readString(Path.of("src/main/java", SOURCE));
    List<String> documented =
        Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s+([A-Z_]+)\\(", Pattern.DOTALL)
            .matcher(source)
            .results()
            .map(constant -> row(constant.group(2), constant.group(1)))
            .toList();
    assertThat(documented).hasSameSizeAs(Assumption.values());

    List<String> rows =
        Files.readAllLines(Path.of("src/site/markdown/simulator.md")).stream()
            .dropWhile(line -> !line.equals("## Assumptions"))
            .takeWhile(line -> !line.equals("## Containers"))
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(rows).isEqualTo(documented);
  }

  private static String row(String constant, String javadoc) {
    String text =
        javadoc
            .replaceAll("\\n\\s+\\*", " ")
            .replaceAll("\\s+", " ")
            .replaceAll("\\{@code ([^}]*)}", "`$1`")
            .strip();
    return "| `%s` | %s |".formatted(Assumption.valueOf(constant), text);
  }

  /** A strict reading that the cases of the other break as well. */
  private static boolean overlap(Assumption tested, Assumption other) {
    return other == Assumption.PAID_BACKUP
        || (tested == Assumption.REPEATED_TRANSITION && other == Assumption.UPDATE_AND_CLONE_STATUS)
        || (tested == Assumption.ID_IN_USE_STATUS && other == Assumption.UPDATE_AND_CLONE_STATUS);
  }

  private static TypeDBCloudSimulator.Builder builder() {
    return TypeDBCloudSimulator.builder().transitionTime(MINUTE);
  }

  private static int run(Case what, TypeDBCloudSimulator.Builder settings) {
    ManualTime time = new ManualTime();
    try (TypeDBCloudSimulator simulator = settings.time(time).start()) {
      Caller space = Caller.space(simulator);
      space
          .deploy(
              Bodies.deploy(
                  "storageSizeGB", "20",
                  "version", "\"3.0.6\"",
                  "backupConfiguration", "{\"frequency\":\"daily\"}"))
          .isCluster("a", "starting");
      time.advance(MINUTE);
      int status = 0;
      for (Function<Caller, Response> call : what.calls()) {
        status = call.apply(space).status();
      }
      return status;
    }
  }

  private static Response deployAs(Caller space, String contentType) {
    return space.send("POST", "/clusters/deploy", contentType, Bodies.paid("b"));
  }

  private static String with(String object, String field) {
    return object.substring(0, object.length() - 1) + "," + field + "}";
  }
}
