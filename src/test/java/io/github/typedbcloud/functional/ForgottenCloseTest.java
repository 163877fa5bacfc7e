package io.github.typedbcloud.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A program that forgets to close the client, and the simulator, ends all the same. */
final class ForgottenCloseTest {

  private static final String LAST_LINE = "last line";

  private static final Duration ALLOWED = Duration.ofSeconds(1);

  /** The program. */
  static final class Forgetful {

    private Forgetful() {}

    public static void main(String[] args) {
      TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
      TypeDBCloudClient cloud = client(simulator);
      cloud.clusters(Scope.space("my-team", "default")).deploy(Fixtures.freeCluster("a").build());
      System.out.println(LAST_LINE);
    }
  }

  @Test
  void endsWithinASecondOfItsLastLine() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Forgetful.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo(LAST_LINE);
      assertThat(process.waitFor(ALLOWED.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void everyThreadThatIsStartedIsADaemon() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
        TypeDBCloudClient cloud = client(simulator)) {
      cloud.clusters(Scope.project("my-org", "default")).list();
      Set<Thread> started =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !before.contains(thread))
              .collect(Collectors.toSet());

      assertThat(started).isNotEmpty().allMatch(Thread::isDaemon);
    }
  }

  private static TypeDBCloudClient client(TypeDBCloudSimulator simulator) {
    return TypeDBCloudClient.builder()
        .baseUrl(simulator.url())
        .credentials(simulator.clientId(), simulator.clientSecret())
        .build();
  }
}
