package io.github.typedbcloud.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the JDK, run as a user runs it, without a TypeDB Cloud account. */
record Program(int exitCode, List<String> lines) {

  private static final long PATIENCE_SECONDS = 120;

  static final String CLASS_PATH = System.getProperty("java.class.path");

  /**
   * Runs a program to its end.
   *
   * @param directory where it keeps its input and output
   * @param input what is typed at it
   * @param tool a program of the JDK
   */
  static Program run(Path directory, String input, String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tool(tool)));
    command.addAll(List.of(arguments));
    return run(directory, input, Map.of(), command);
  }

  /**
   * Runs any program to its end.
   *
   * @param environment in place of an account's
   */
  static Program run(
      Path directory, String input, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path in = Files.writeString(directory.resolve("input"), input);
    Path out = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile());
    setEnvironment(builder, environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("%s ended; it printed: %s", command, Files.readString(out, StandardCharsets.UTF_8))
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Program(process.exitValue(), Files.readAllLines(out, StandardCharsets.UTF_8));
  }

  /** A program of the JDK that these tests run on. */
  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  static void setEnvironment(ProcessBuilder builder, Map<String, String> environment) {
    builder.environment().keySet().removeIf(name -> name.startsWith("TYPEDB_CLOUD_"));
    // Options of the build, such as an agent, would print their own lines.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
  }

  /** A file of the examples. */
  static String example(String path) {
    return new File("examples", path).getPath();
  }
}
