package io.github.typedbcloud.ephemeral;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a class of the tests in a JVM of its own. */
final class JavaProcess {

  private JavaProcess() {}

  /** Starts a class with a main method. */
  static Process start(Class<?> main, String... arguments) throws IOException {
    return start(List.of(), main, arguments);
  }

  /**
   * Starts a class with a main method.
   *
   * @param prefix a command that runs the command that follows it
   */
  static Process start(List<String> prefix, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // starts faster
    command.add("-XX:-UsePerfData"); // writes no file
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Runs a class to its end and returns the lines that it printed. */
  static List<String> run(Class<?> main, String... arguments) throws IOException {
    return run(List.of(), main, arguments);
  }

  /** As {@link #run(Class, String...)}, with a prefix as in {@link #start}. */
  static List<String> run(List<String> prefix, Class<?> main, String... arguments)
      throws IOException {
    Process process = start(prefix, main, arguments);
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
