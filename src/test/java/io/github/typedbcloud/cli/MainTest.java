package io.github.typedbcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Output and exit codes of the commands of the runnable jar. */
@Timeout(60) // a simulator that starts, although its options are invalid, runs until then
final class MainTest {

  @TempDir Path ledger;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "help, simulator      run a",
    "--help, help COMMAND",
    "help simulator, --transition-time DURATION",
    "simulator --help, --transition-time DURATION",
    "simulator --prot -h, --transition-time DURATION",
    "help sweep, --id-prefix PREFIX",
    "sweep --port 1 --help, --id-prefix PREFIX"
  })
  void help_isPrinted(String arguments, String part) {
    assertThat(run(Map.of(), arguments.split(" "))).isZero();
    assertThat(printed(out)).startsWith("usage: java -jar").contains(part);
    assertThat(printed(err)).isEmpty();
  }

  /** Also that the build or the run of this test writes the version. */
  @Test
  void version_isNameAndVersion() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(printed(out)).matches("typedb-cloud-client [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "simulator --prot 1|Unknown option '--prot'.",
        "simulator --port|--port needs a value.",
        "simulator --port --json|--port needs a value.",
        "simulator --json=true|--json has no value.",
        "simulator --host=|--host: The host is empty",
        "simulator --versions 3.0.6,|--versions needs one or more elements separated by commas",
        "simulator --versions 3.0.6,x|--versions: 'x' is not a version such as 3.0.6.",
        "simulator --strict contenttype|--strict: Unknown assumption 'contenttype'; use any of [contentType, ",
        "simulator --lenient a,|--lenient needs one or more elements separated by commas, not 'a,'",
        "simulator --manual-time|--manual-time needs --admin, which advances the clock.",
        "simulator --tls-certificate x.pem|--tls-certificate needs --tls.",
        "simulator --port x|--port needs an integer, not 'x'.",
        "simulator --port=70000|--port: The port 70000 is invalid; it must be from 0 to 65535.",
        "simulator --space a|--space needs two names separated by a slash",
        "simulator --space /a|--space needs two names separated by a slash",
        "simulator --api-token a:b|--api-token needs ID:SECRET:LEVEL.",
        "simulator --api-token a:b:root|--api-token: Unknown access level 'root'; use read, write or admin.",
        "simulator --transition-time 5|--transition-time needs a duration such as 500ms, 30s, 5m, 2h or 1d, not '5'",
        "simulator --transition-time xms|--transition-time needs a duration such as 500ms, 30s",
        "simulator --transition-time=-5s|--transition-time needs a duration of zero or more, up to 36500d, not '-5s'.",
        "simulator --starting-time 36501d|--starting-time needs a duration of zero or more, up to 36500d, not '36501d'.",
        "simulator --token-lifetime 0m|--token-lifetime needs a duration of more than zero, up to 36500d, not '0m'.",
        "sweep|sweep needs --id-prefix",
        "sweep --id-prefix it|sweep needs --space or --project",
        "sweep --id-prefix It! --space a/b|--id-prefix: Invalid ID prefix 'It!'",
        "sweep --id-prefix it --id-prefix at --space a/b|--id-prefix: Only one is possible; sweep others",
        "sweep --id-prefix it --space a/b --max-age 0h|--max-age needs a duration of more than zero, up to 36500d, not '0h'.",
        "sweep --force|Unknown option '--force'"
      })
  void options_invalid_printUsageOfCommandAndExitWithTwo(String arguments, String message) {
    Map<String, String> credentials =
        Map.of("TYPEDB_CLOUD_CLIENT_ID", "id", "TYPEDB_CLOUD_CLIENT_SECRET", "secret");
    String[] split = arguments.split(" ");

    assertThat(run(credentials, split)).isEqualTo(Main.USAGE_ERROR);
    assertThat(printed(out)).isEmpty();
    String[] errorAndUsage = printed(err).split("\n\n", 2);
    assertThat(errorAndUsage[0]).startsWith(message);
    assertThat(errorAndUsage[1])
        .startsWith("usage: java -jar typedb-cloud-client-all.jar " + split[0] + " ")
        .endsWith("\"" + split[0] + " --help\" lists the options.\n")
        .hasLineCount(3);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "simulate, Unknown command 'simulate'.",
    "help simulate, Unknown command 'simulate'.",
    "--prot 1, Unknown command '--prot'."
  })
  void command_missingOrUnknown_printsGeneralHelpAndExitsWithTwo(String arguments, String error) {
    String[] split = arguments.isEmpty() ? new String[0] : arguments.split(" ");

    assertThat(run(Map.of(), split)).isEqualTo(Main.USAGE_ERROR);
    assertThat(printed(out)).isEmpty();
    assertThat(run(Map.of(), "help")).isZero();
    assertThat(printed(err))
        .isEqualTo(error.isEmpty() ? printed(out) : error + "\n\n" + printed(out));
  }

  /** What is wrong is in the file system or between options, so the usage is of no help. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seed none.json|--seed none.json: No such file or directory.",
        "--ready-file none/x|--ready-file none/x: It must be a file in an existing directory.",
        "--tls --tls-certificate none/x|--tls-certificate none/x: No such file or directory.",
        "--api-token a:b:read --api-token a:c:read|--api-token: The client ID \"a\" is already in use"
      })
  void simulator_valueNotUsable_printsOneLineWithOptionAndExitsWithOne(
      String options, String message) {
    assertThat(run(Map.of(), ("simulator --port 0 " + options).split(" "))).isEqualTo(Main.FAILURE);
    assertThat(printed(out)).isEmpty();
    assertThat(printed(err).replace('\\', '/')).startsWith(message).hasLineCount(1);
  }

  @Test
  void simulator_portInUse_exitsWithOne() {
    try (TypeDBCloudSimulator first = TypeDBCloudSimulator.start()) {
      String port = first.url().substring(first.url().lastIndexOf(':') + 1);

      assertThat(run(Map.of(), "simulator", "--port", port)).isEqualTo(Main.FAILURE);
      assertThat(printed(err)).contains("Cannot listen on 127.0.0.1, port " + port + " (");
    }
  }

  @Test
  void sweep_withoutCredentials_namesVariables() {
    assertThat(run(Map.of(), "sweep", "--id-prefix", "it", "--space", "a/b"))
        .isEqualTo(Main.FAILURE);
    assertThat(printed(err)).contains("TYPEDB_CLOUD_CLIENT_ID", "TYPEDB_CLOUD_CLIENT_SECRET");
  }

  @Test
  void sweep_insecureUrl_namesOptionInsteadOfMethod() {
    Map<String, String> environment =
        Map.of(
            "TYPEDB_CLOUD_URL", "http://cloud.example.com",
            "TYPEDB_CLOUD_CLIENT_ID", "id",
            "TYPEDB_CLOUD_CLIENT_SECRET", "secret");

    assertThat(run(environment, "sweep", "--id-prefix", "it", "--space", "a/b"))
        .isEqualTo(Main.FAILURE);
    assertThat(printed(err))
        .contains("use --allow-insecure-http if everyone on the network may read them.")
        .doesNotContain("()");
  }

  @Test
  void sweep_severalScopes_areAllSweptOnce() throws IOException {
    try (TypeDBCloudSimulator simulator = simulatorOfEightHoursAgo();
        TypeDBCloudClient cloud = client(simulator)) {
      cloud
          .clusters(Scope.space("my-team", "default"))
          .deploy(Fixtures.paidCluster("it-aaaaaaaaaa").build());
      cloud
          .clusters(Scope.project("my-org", "default"))
          .deploy(Fixtures.paidCluster("it-bbbbbbbbbb").build());
      Map<String, String> environment = new HashMap<>(account(simulator));
      environment.put("TYPEDB_CLOUD_TEAM", "not-used");
      String[] sweep =
          ("sweep --id-prefix it --space none/such --space my-team/default"
                  + " --project my-org/default --space my-team/default --ledger")
              .split(" ");

      assertThat(run(environment, with(sweep, ledger.toString()))).isEqualTo(Main.FAILURE);

      assertThat(printed(err)).startsWith("failed to sweep space none/such: ").hasLineCount(1);
      assertThat(printed(out).lines())
          .containsExactly(
              "destroyed it-aaaaaaaaaa",
              "Swept space my-team/default: 1 destroyed, 0 failed.",
              "destroyed it-bbbbbbbbbb",
              "Swept project my-org/default: 1 destroyed, 0 failed.");
    }
  }

  @Test
  void sweep_ledgerIsFile_namesOptionForEachScope() throws IOException {
    Path file = Files.createFile(ledger.resolve("file"));
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      String[] sweep =
          "sweep --id-prefix it --space my-team/default --project my-org/default --ledger"
              .split(" ");

      assertThat(run(account(simulator), with(sweep, file.toString()))).isEqualTo(Main.FAILURE);

      assertThat(printed(out)).isEmpty();
      assertThat(printed(err).lines())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("failed to sweep space my-team/default: "),
              line -> assertThat(line).startsWith("failed to sweep project my-org/default: "))
          .allSatisfy(line -> assertThat(line).endsWith("or set another one with --ledger."));
    }
  }

  @Test
  void sweep_spaceAndProjectInEnvironment_isRejected() {
    Map<String, String> environment =
        Map.of(
            "TYPEDB_CLOUD_TEAM", "a",
            "TYPEDB_CLOUD_SPACE", "b",
            "TYPEDB_CLOUD_ORGANIZATION", "c",
            "TYPEDB_CLOUD_PROJECT", "d");

    assertThat(run(environment, "sweep", "--id-prefix", "it")).isEqualTo(Main.FAILURE);
    assertThat(printed(err)).endsWith("unset one of the two pairs.\n").hasLineCount(1);
  }

  @Test
  void sweep_leftovers_areDestroyedAndPrinted() {
    try (TypeDBCloudSimulator simulator = simulatorOfEightHoursAgo();
        TypeDBCloudClient cloud = client(simulator)) {
      ClustersApi clusters = cloud.clusters(Scope.space("my-team", "default"));
      for (String id : List.of("it-aaaaaaaaaa", "it-bbbbbbbbbb", "precious")) {
        clusters.deploy(Fixtures.paidCluster(id).build());
      }
      Map<String, String> environment = new HashMap<>(account(simulator));
      environment.put("TYPEDB_CLOUD_TEAM", "my-team");
      environment.put("TYPEDB_CLOUD_SPACE", "default");
      String[] sweep = {
        "sweep", "--id-prefix", "it", "--max-age", "2h", "--ledger", ledger.toString()
      };

      assertThat(run(environment, with(sweep, "--dry-run"))).isZero();
      assertThat(printed(out).lines())
          .containsExactly(
              "would destroy it-aaaaaaaaaa",
              "would destroy it-bbbbbbbbbb",
              "Dry run of space my-team/default: 2 to destroy, 0 failed.");
      assertThat(clusters.list()).hasSize(3);

      simulator.faults().on(Operation.DESTROY).next(Fault.respond(400));
      out.reset();
      assertThat(run(environment, sweep)).isEqualTo(Main.FAILURE);
      assertThat(printed(err)).startsWith("failed to destroy it-aaaaaaaaaa: destroy of cluster");
      assertThat(printed(out).lines())
          .containsExactly(
              "destroyed it-bbbbbbbbbb", "Swept space my-team/default: 1 destroyed, 1 failed.");

      out.reset();
      assertThat(run(environment, sweep)).isZero();
      assertThat(clusters.list()).extracting(Cluster::id).containsExactly("precious");
    }
  }

  @Test
  void sweep_unreadableEntry_isPrintedOncePerRunAndExitsWithOne() throws IOException {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      Map<String, String> environment = account(simulator);
      Path entry = ledger.resolve("it-aaaaaaaaaa.properties");
      Files.write(entry, new byte[] {(byte) 0xff});
      Files.createDirectory(ledger.resolve("other-aaaaaaaaaa.properties"));
      String[] sweep =
          "sweep --id-prefix it --space my-team/default --project my-org/default --ledger"
              .split(" ");
      sweep = with(sweep, ledger.toString());

      assertThat(run(environment, with(sweep, "--dry-run"))).isEqualTo(Main.FAILURE);
      assertThat(printed(out).lines())
          .containsExactly(
              "Dry run of space my-team/default: 0 to destroy, 0 failed, 1 unreadable.",
              "Dry run of project my-org/default: 0 to destroy, 0 failed, 1 unreadable.");
      out.reset();
      assertThat(run(environment, sweep)).isEqualTo(Main.FAILURE);

      String line = "unreadable ledger entry " + entry + ": not UTF-8";
      assertThat(printed(err).lines()).containsExactly(line, line);
      assertThat(printed(out).lines())
          .containsExactly(
              "Swept space my-team/default: 0 destroyed, 0 failed, 1 unreadable.",
              "Swept project my-org/default: 0 destroyed, 0 failed, 1 unreadable.");
    }
  }

  private static Map<String, String> account(TypeDBCloudSimulator simulator) {
    return Map.of(
        "TYPEDB_CLOUD_URL", simulator.url(),
        "TYPEDB_CLOUD_CLIENT_ID", simulator.clientId(),
        "TYPEDB_CLOUD_CLIENT_SECRET", simulator.clientSecret());
  }

  private static String[] with(String[] arguments, String more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = more;
    return all;
  }

  private int run(Map<String, String> environment, String... arguments) {
    return new Main(
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
  }

  private static TypeDBCloudSimulator simulatorOfEightHoursAgo() {
    ManualTime past = new ManualTime(Instant.now().minus(Duration.ofHours(8)));
    return TypeDBCloudSimulator.builder().time(past).transitionTime(Duration.ZERO).start();
  }

  private static TypeDBCloudClient client(TypeDBCloudSimulator simulator) {
    return TypeDBCloudClient.builder()
        .baseUrl(simulator.url())
        .credentials(simulator.clientId(), simulator.clientSecret())
        .build();
  }

  private static String printed(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
