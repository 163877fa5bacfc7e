package io.github.typedbcloud.async;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Protocol;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program that forgets to close its client ends all the same, in a process of its own. */
class UnclosedClientTest {

  private static final Duration EXIT_BOUND = Duration.ofSeconds(1);

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "H2_PRIOR_KNOWLEDGE"})
  @Timeout(60)
  void program_withoutClose_endsWithinOneSecond(Protocol protocol) throws Exception {
    try (MockCloud cloud = new MockCloud(protocol)) {
      cloud
          .enqueue(200, "[" + Payloads.PROJECT_CLUSTER + "]")
          .enqueue(200, Payloads.cluster("suspending"))
          .enqueue(200, Payloads.cluster("suspended"));
      Process program = start(cloud.url(), protocol);
      try {
        List<String> lines = linesToTheLast(program);
        long lastLine = System.nanoTime();

        assertThat(program.waitFor(10, TimeUnit.SECONDS)).as("ends at all").isTrue();

        Duration toExit = Duration.ofNanos(System.nanoTime() - lastLine);
        assertThat(lines)
            .containsExactly(UnclosedClientMain.THREADS + "[main]", UnclosedClientMain.LAST_LINE);
        assertThat(program.exitValue()).isZero();
        assertThat(toExit).isLessThan(EXIT_BOUND);
        assertThat(cloud.calls()).hasSize(3);
      } finally {
        program.destroyForcibly();
      }
    }
  }

  private static Process start(String url, Protocol protocol) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            UnclosedClientMain.class.getName(),
            url,
            protocol.name())
        .redirectErrorStream(true)
        .start();
  }

  private static List<String> linesToTheLast(Process program) throws IOException {
    List<String> lines = new ArrayList<>();
    // Not closed here: that would close the program's output while it may still run.
    BufferedReader output = program.inputReader(UTF_8);
    String line;
    do {
      line = output.readLine();
      if (line != null) {
        lines.add(line);
      }
    } while (line != null && !line.equals(UnclosedClientMain.LAST_LINE));
    return lines;
  }
}
