package io.github.typedbcloud.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A simulator in its own process, on a free port. */
record SimulatorProcess(Process process, List<String> printed) implements AutoCloseable {

  static SimulatorProcess start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Program.tool("java"),
                "-jar",
                System.getProperty("all.jar"),
                "simulator",
                "--port",
                "0"));
    command.addAll(List.of(options));
    return run(command);
  }

  /** Runs a command that starts a simulator. */
  static SimulatorProcess run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    Program.setEnvironment(builder, Map.of());
    Process process = builder.redirectErrorStream(true).start();
    BufferedReader out = process.inputReader();
    List<String> printed = Stream.generate(() -> line(out)).limit(5).toList();
    return new SimulatorProcess(process, printed);
  }

  /** The environment variables that it prints for its clients. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (String line : printed) {
      if (line.startsWith("export ")) {
        String[] parts = line.substring("export ".length()).split("=", 2);
        environment.put(parts[0], parts[1]);
      }
    }
    assertThat(environment).hasSize(3);
    return environment;
  }

  String line(int index) {
    return printed.get(index);
  }

  /** Terminates the process as Ctrl+C and service managers do; that must be enough. */
  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("exits when terminated").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String line(BufferedReader out) {
    try {
      return String.valueOf(out.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
