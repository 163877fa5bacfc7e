package io.github.typedbcloud.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.fuzz.Exchange.Operation;
import io.github.typedbcloud.fuzz.ExchangeOracle.Ended;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SilentLog;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole exchanges with a server that sends anything: a call ends in time, with a value that was
 * really sent or one of the documented exceptions, and leaves the client usable.
 *
 * <p>More of them on demand: {@code -Dfuzz.exchanges=300000 -Dfuzz.seed=7}. One of them again:
 * {@code -Dfuzz.seed=7 -Dfuzz.first=4711 -Dfuzz.exchanges=1}. A failure prints the exchange in the
 * form of a line of {@code exchanges.txt}, which holds those that were failures once. One rule is
 * checked on demand alone: {@code -Dfuzz.leftOver=true}.
 */
class ExchangeFuzzTest {

  static final int MAX_ATTEMPTS = 2;

  static final String SECRET = "s3cr3t/With+Slash=0123456789";

  private static final long EXCHANGES = Long.getLong("fuzz.exchanges", 500);

  private static final long SEED = Long.getLong("fuzz.seed", 20_261_126);

  private static final long FIRST = Long.getLong("fuzz.first", 0);

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** In an exchange in which connections become silent. */
  private static final Duration SHORT_DEADLINE = Duration.ofMillis(400);

  /** One in so many exchanges has silent connections, because they take all of the deadline. */
  private static final int SILENT_EVERY = 200;

  /**
   * Whether responses are followed by bytes that nobody requested. Over HTTP/1.1 OkHttp takes them
   * for the response to the next request.
   */
  static final boolean LEFT_OVER_BYTES = Boolean.getBoolean("fuzz.leftOver");

  private static final List<Operation> OPERATIONS = List.of(Operation.values());

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ConnectionPool pool = new ConnectionPool();
  private final ManualTime time = new ManualTime();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private RawServer server;
  private TypeDBCloudClient client;
  private TypeDBCloudClient hastyClient;
  private long maxAllocated;

  @BeforeEach
  void start() throws IOException {
    server = new RawServer();
    client = client(DEADLINE);
    hastyClient = client(SHORT_DEADLINE);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    hastyClient.close();
    pool.evictAll();
    server.close();
  }

  private TypeDBCloudClient client(Duration deadline) {
    return TypeDBCloudClient.builder()
        .baseUrl(server.url())
        .credentials("client-id", SECRET)
        .timeSource(time)
        .requestTimeout(deadline)
        .maxAttempts(MAX_ATTEMPTS)
        .customizeHttpClient(http -> http.connectionPool(pool))
        .build();
  }

  @Test
  void exchange_anyResponses_endsAsDocumented() throws Exception {
    long begun = System.nanoTime();
    SilentLog.during(
        () -> {
          for (long number = FIRST; number < FIRST + EXCHANGES; number++) {
            run(number);
          }
          return null;
        });
    System.out.printf(
        "%s exchanges with seed %s in %.1f s, at most %s bytes allocated in one: %s%n",
        EXCHANGES, SEED, (System.nanoTime() - begun) / 1e9, maxAllocated, outcomes);
    assertThat(failures).isEmpty();
    assertThat(outcomes.keySet()).contains("value", "ApiException", "OutcomeUnknownException");
  }

  private void run(long number) {
    SplittableRandom random = new SplittableRandom(SEED * 0x9E3779B97F4A7C15L + number);
    boolean isSilent = number % SILENT_EVERY == SILENT_EVERY - 1;
    Operation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
    Exchange exchange =
        Exchange.generated(
            2 * number,
            operation,
            random.nextBoolean(),
            ResponseGenerator.deviating(random.nextLong(), isSilent));
    if (random.nextBoolean()) {
      expireToken();
    }
    run(
        exchange,
        2 * number,
        isSilent ? hastyClient : client,
        failure -> failed(number, exchange, failure));
  }

  /** Keeps the first failure of each kind. */
  private void failed(long number, Exchange exchange, String failure) {
    String kind = failure.replaceFirst(":.*", "").replaceAll("[0-9]+", "#");
    if (failures.putIfAbsent(kind, "exchange " + number + " of seed " + SEED) == null) {
      System.out.printf(
          "%s: exchange %s of seed %s (%s)%n%s %s%n",
          kind, number, SEED, failure, "exchange-" + number, exchange.toText());
    }
  }

  /** An exchange, and a clean one after it. */
  private void run(Exchange exchange, long number, TypeDBCloudClient on, Consumer<String> report) {
    Ended ended = call(exchange, on.clusters(Fixtures.SPACE));
    outcomes.merge(
        ended.thrown() == null ? "value" : ended.thrown().getClass().getSimpleName(),
        1,
        Integer::sum);
    maxAllocated = Math.max(maxAllocated, ended.allocated());
    ExchangeOracle.check(exchange, ended, number, on == client ? DEADLINE : SHORT_DEADLINE, report);

    if (!LEFT_OVER_BYTES) {
      // A response that is not valid may have left bytes behind too.
      long end = System.nanoTime() + DEADLINE.toNanos();
      while (pool.connectionCount() > 0 && System.nanoTime() < end) {
        // The thread of a token exchange may still hold one.
        pool.evictAll();
        Thread.onSpinWait();
      }
    }
    expireToken();
    Exchange clean =
        Exchange.generated(number + 1, Operation.GET, false, ResponseGenerator.valid());
    Ended cleanEnd = call(clean, on.clusters(Fixtures.SPACE).with(PATIENT));
    if (cleanEnd.thrown() == null) {
      ExchangeOracle.check(
          clean,
          cleanEnd,
          number + 1,
          DEADLINE,
          failure -> report.accept("afterwards: " + failure));
    } else {
      report.accept("afterwards: a clean call failed: " + cleanEnd.thrown());
    }
  }

  /** Several of the connections in the pool may have been closed by the server. */
  private static final RequestOptions PATIENT =
      RequestOptions.builder().deadline(DEADLINE).maxAttempts(6).build();

  private Ended call(Exchange exchange, ClustersApi clusters) {
    server.play(exchange);
    long begun = System.nanoTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    Object value = null;
    Throwable thrown = null;
    try {
      value = exchange.operation().on(clusters);
    } catch (Throwable e) {
      thrown = e;
    }
    return new Ended(
        value,
        thrown,
        Duration.ofNanos(System.nanoTime() - begun),
        THREADS.getCurrentThreadAllocatedBytes() - allocated);
  }

  /** And everything that the client remembers for a while. */
  private void expireToken() {
    time.advance(Duration.ofHours(2));
  }

  static Stream<String> recorded() {
    try (InputStream file = ExchangeFuzzTest.class.getResourceAsStream("exchanges.txt")) {
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each line has a name, a space, and the exchange. */
  @ParameterizedTest
  @MethodSource("recorded")
  void exchange_recorded_endsAsDocumented(String line) throws Exception {
    String[] parts = line.split(" ", 2);
    Exchange exchange = Exchange.parse(parts[1]);
    boolean isSilent = parts[1].contains("|SILENT,");

    SilentLog.during(
        () -> {
          run(
              exchange,
              Long.MAX_VALUE - 1,
              isSilent ? hastyClient : client,
              failure -> failures.put(failure, parts[0]));
          return null;
        });

    assertThat(failures).isEmpty();
  }
}
