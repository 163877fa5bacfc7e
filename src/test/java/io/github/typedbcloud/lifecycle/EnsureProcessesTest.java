package io.github.typedbcloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.simulator.ClusterSnapshot;
import io.github.typedbcloud.simulator.SecondClient;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes ensure the same cluster at the same time, from each status that it can have. */
final class EnsureProcessesTest {

  /** For each status; more on demand: {@code -Densure.rounds=50}. */
  private static final int ROUNDS = Integer.getInteger("ensure.rounds", 1);

  private static final Duration TRANSITION = Duration.ofMillis(150);

  private static TypeDBCloudSimulator simulator;
  private static List<Process> processes;
  private static List<PrintWriter> inputs;
  private static List<BufferedReader> outputs;

  /** How a cluster gets into a status. */
  private enum Before {
    ABSENT((service, id) -> {}),
    STARTING(SecondClient::deploy),
    RUNNING(
        (service, id) -> {
          service.deploy(id);
          awaitStatus(service, id, "running");
        }),
    SUSPENDING(
        (service, id) -> {
          RUNNING.arrange.accept(service, id);
          service.suspend(id);
        }),
    SUSPENDED(
        (service, id) -> {
          SUSPENDING.arrange.accept(service, id);
          awaitStatus(service, id, "suspended");
        }),
    RESUMING(
        (service, id) -> {
          SUSPENDED.arrange.accept(service, id);
          service.resume(id);
        }),
    DESTROYING(
        (service, id) -> {
          RUNNING.arrange.accept(service, id);
          service.destroy(id);
        });

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without captures
    private final BiConsumer<SecondClient, String> arrange;

    Before(BiConsumer<SecondClient, String> arrange) {
      this.arrange = arrange;
    }

    /** The simulator runs in real time, like the other processes. */
    @SuppressWarnings("ThreadPriorityCheck") // only hands the core to the other processes
    private static void awaitStatus(SecondClient service, String id, String status) {
      while (!status.equals(service.snapshot().statuses().get(id))) {
        Thread.yield();
      }
    }
  }

  @BeforeAll
  static void start() throws IOException {
    simulator = TypeDBCloudSimulator.builder().transitionTime(TRANSITION).start();
    processes = List.of(process(), process());
    inputs =
        processes.stream()
            .map(it -> it.outputWriter(StandardCharsets.UTF_8))
            .map(it -> new PrintWriter(it, true))
            .toList();
    outputs = processes.stream().map(it -> it.inputReader(StandardCharsets.UTF_8)).toList();
    for (BufferedReader output : outputs) {
      assertThat(output.readLine()).isEqualTo("ready");
    }
  }

  private static Process process() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            EnsureProcess.class.getName(),
            simulator.url(),
            simulator.clientId(),
            simulator.clientSecret())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @AfterAll
  static void stop() {
    inputs.forEach(PrintWriter::close);
    processes.forEach(Process::destroy);
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource
  void ensure_twoProcesses_bothEndRunning(Before before) throws IOException {
    SecondClient service = simulator.secondClientOfSpace("my-team", "default");
    for (int round = 0; round < ROUNDS; round++) {
      String id = before.name().toLowerCase(Locale.ROOT) + "-" + round;
      before.arrange.accept(service, id);

      inputs.forEach(input -> input.println(id));

      for (BufferedReader output : outputs) {
        assertThat(output.readLine()).as("round %s", round).isEqualTo("running");
      }
      ClusterSnapshot after = service.snapshot();
      assertThat(after.statuses()).containsEntry(id, "running");
      assertThat(after.timesCreated(id)).isEqualTo(before == Before.DESTROYING ? 2 : 1);
      service.destroy(id);
    }
  }
}
