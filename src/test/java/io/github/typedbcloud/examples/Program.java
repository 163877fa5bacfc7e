package io.github.typedbcloud.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A finished process: its exit code and output. It runs without a TypeDB Cloud account. */
public record Program(int exitCode, List<String> lines) {

  private static final long TIMEOUT_SECONDS = 120;

  public static final String CLASS_PATH = System.getProperty("java.class.path");

  /**
   * Runs a program of the JDK and waits until it exits.
   *
   * @param directory for the files of input and output
   * @param input the standard input
   * @param tool the name of the program, such as {@code java}
   */
  static Program run(Path directory, String input, String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tool(tool)));
    command.addAll(List.of(arguments));
    return run(directory, input, Map.of(), command);
  }

  /**
   * Runs any program and waits until it exits.
   *
   * @param environment the variables of an account or a simulator
   */
  public static Program run(
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
      assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
          .as("%s ended; it printed: %s", command, text(out))
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Program(process.exitValue(), text(out).lines().toList());
  }

  /** Programs print in the encoding of the system, which may not be UTF-8. */
  private static String text(Path out) throws IOException {
    return new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
  }

  /** The path of a program of the JDK that runs these tests. */
  public static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  static void setEnvironment(ProcessBuilder builder, Map<String, String> environment) {
    builder.environment().keySet().removeIf(name -> name.startsWith("TYPEDB_CLOUD_"));
    // Options of the build, such as an agent, would print extra lines.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
  }

  /** The path of a file in the examples. */
  static String example(String path) {
    return new File("examples", path).getPath();
  }

  /** Skips the rest of the test, with the name of the program, where that is not installed. */
  static void assumeInstalled(String program) {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    assumeTrue(installed, () -> program + " is not installed");
  }
}
