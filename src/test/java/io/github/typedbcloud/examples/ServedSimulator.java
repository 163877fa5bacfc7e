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

/** A simulator in a process of its own, on any free port. */
record ServedSimulator(Process process, List<String> printed) implements AutoCloseable {

  static ServedSimulator start(String... options) throws IOException {
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

  /** Runs a command that serves a simulator. */
  static ServedSimulator run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    Program.setEnvironment(builder, Map.of());
    Process process = builder.redirectErrorStream(true).start();
    BufferedReader out = process.inputReader();
    List<String> printed = Stream.generate(() -> line(out)).limit(5).toList();
    return new ServedSimulator(process, printed);
  }

  /** What it tells its users to export. */
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

  /** As Ctrl+C and service managers end it, which must be enough. */
  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends when it is told to").isTrue();
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
