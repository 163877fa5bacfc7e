package bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs all benchmarks interleaved, each contender in its own processes against one server in
 * another process. Writes a table of ratios to the plain program to {@code target/benchmarks.md}.
 * The optional argument is the number of rounds.
 */
public final class Benchmarks {

  private static final List<String> CONTENDERS = List.of("plain", "raw", "ours");

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final Map<String, Map<String, List<Double>>> measurements = new LinkedHashMap<>();
  private final StringBuilder report = new StringBuilder();
  private final Path trustStore;

  private Benchmarks(Path trustStore) {
    this.trustStore = trustStore;
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
    Path keys = Files.createTempDirectory("bench").resolve("keys.p12");
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "bench",
            "-keyalg",
            "EC",
            "-storetype",
            "PKCS12",
            "-keystore",
            keys.toString(),
            "-storepass",
            Server.KEY_STORE_PASSWORD,
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1"));
    Process server =
        new ProcessBuilder(JAVA, "-cp", classPath(), Server.class.getName(), keys.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader printed = server.inputReader()) {
      String http = printed.readLine();
      String https = printed.readLine();
      Benchmarks benchmarks = new Benchmarks(keys);
      benchmarks.measure(http, https, rounds);
      benchmarks.table(rounds);
      benchmarks.micro();
      Path file = Path.of("target", "benchmarks.md");
      Files.writeString(file, benchmarks.report);
      System.out.println(benchmarks.report + "\nWritten to " + file);
    } finally {
      server.destroy();
    }
  }

  private void measure(String http, String https, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      System.out.println("Round " + (round + 1) + " of " + rounds);
      // Cold starts vary most and are fastest.
      for (int again = 0; again < 4; again++) {
        for (String contender : rotated(again)) {
          cold("http", http, contender);
          cold("https", https, contender);
        }
      }
      for (String contender : rotated(round)) {
        warm("get", 1, http, contender, 50_000, 20_000);
        warm("get", 16, http, contender, 150_000, 80_000);
        warm("deploy", 1, http, contender, 50_000, 20_000);
        warm("deploy", 16, http, contender, 150_000, 80_000);
        warm("list", 1, http, contender, 150, 100);
      }
    }
  }

  private static List<String> rotated(int by) {
    List<String> order = new ArrayList<>(CONTENDERS);
    Collections.rotate(order, by);
    return order;
  }

  private void cold(String kind, String url, String contender) throws Exception {
    String command =
        "TIMEFORMAT='%R %U %S'; time \"$0\" -cp \"$1\" -Dslf4j.internal.verbosity=ERROR"
            + " -Djavax.net.ssl.trustStore=\"$2\" -Djavax.net.ssl.trustStorePassword="
            + Server.KEY_STORE_PASSWORD
            + " bench.Cold \"$3\" \"$4\"";
    String printed =
        run(
            List.of(
                "bash", "-c", command, JAVA, classPath(), trustStore.toString(), contender, url));
    String[] times = printed.strip().split("\\s+");
    addSample(
        "cold start over " + kind + ", wall (ms)", contender, 1000 * Double.parseDouble(times[0]));
    addSample(
        "cold start over " + kind + ", CPU (ms)",
        contender,
        1000 * (Double.parseDouble(times[1]) + Double.parseDouble(times[2])));
  }

  private void warm(
      String operation, int threads, String url, String contender, int warmUp, int calls)
      throws Exception {
    String[] result =
        run(List.of(
                JAVA,
                "-cp",
                classPath(),
                "-Dslf4j.internal.verbosity=ERROR",
                Warm.class.getName(),
                contender,
                url,
                operation,
                "" + threads,
                "" + warmUp,
                "" + calls))
            .strip()
            .split(" ");
    String metric = operation.equals("list") ? "list of 10,000" : "warm " + operation;
    String suffix = threads == 1 ? "" : ", " + threads + " threads";
    addSample(metric + suffix + ", p50 (µs)", contender, Double.parseDouble(result[0]) / 1e3);
    addSample(
        metric + suffix + ", CPU per call (µs)", contender, Double.parseDouble(result[1]) / 1e3);
    addSample(metric + suffix + ", KB allocated", contender, Double.parseDouble(result[2]) / 1024);
  }

  private void addSample(String metric, String contender, double value) {
    measurements
        .computeIfAbsent(metric, unused -> new LinkedHashMap<>())
        .computeIfAbsent(contender, unused -> new ArrayList<>())
        .add(value);
  }

  private void table(int rounds) {
    report
        .append("Medians of ")
        .append(rounds)
        .append(" rounds (cold starts: ")
        .append(4 * rounds)
        .append("), JDK ")
        .append(System.getProperty("java.version"))
        .append(", ")
        .append(Runtime.getRuntime().availableProcessors())
        .append(" processors, server in another process on the loopback interface.\n\n")
        .append("| | plain program | OkHttp, no decoding | this client |\n|---|--:|--:|--:|\n");
    measurements.forEach(
        (metric, values) -> {
          double plain = median(values.get("plain"));
          report.append(
              String.format(
                  Locale.ROOT,
                  "| %s | 1.00 (%.1f) | %.2f | %.2f |%n",
                  metric,
                  plain,
                  median(values.get("raw")) / plain,
                  median(values.get("ours")) / plain));
        });
  }

  private void micro() throws Exception {
    report.append("\n| without the network (JMH) | time | bytes allocated |\n|---|--:|--:|\n");
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(Micro.class.getName())
                    .addProfiler(GCProfiler.class)
                    .jvmArgsAppend("-Dslf4j.internal.verbosity=ERROR")
                    .build())
            .run()) {
      double nanos = result.getPrimaryResult().getScore();
      var bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      report.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.0f |%n",
              result.getPrimaryResult().getLabel(),
              nanos < 10_000
                  ? String.format(Locale.ROOT, "%.0f ns", nanos)
                  : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6),
              bytes == null ? 0 : bytes.getScore()));
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed;
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      printed = String.join("\n", reader.lines().toList());
    }
    if (process.waitFor() != 0) {
      throw new IOException(command.get(0) + " failed: " + printed);
    }
    return printed;
  }

  /** The run-time dependencies and the benchmarks, without a logging backend or test libraries. */
  private static String classPath() {
    Pattern runtime =
        Pattern.compile(
            ".*(classes|okhttp-jvm-[^/]*|okio-jvm-[^/]*|kotlin-stdlib-[0-9][^/]*|slf4j-api-[^/]*"
                + "|jspecify-[^/]*|jackson-(core|databind|annotations)-2[^/]*)");
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> runtime.matcher(entry).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
