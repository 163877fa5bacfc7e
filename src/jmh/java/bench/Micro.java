package bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.typedbcloud.internal.api.ApiVersion;
import io.github.typedbcloud.internal.api.ClusterCalls;
import io.github.typedbcloud.internal.api.Decoders;
import io.github.typedbcloud.internal.auth.Credentials;
import io.github.typedbcloud.internal.auth.TokenExchange;
import io.github.typedbcloud.internal.auth.TokenManager;
import io.github.typedbcloud.internal.concurrent.TaskContexts;
import io.github.typedbcloud.internal.http.BaseUrl;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.listeners.CallEvents;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.internal.text.KnownSecrets;
import io.github.typedbcloud.internal.validation.RequestRules;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.time.TimeSource;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.Validation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Benchmarks without network: decoding, validation, token lookup. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class Micro {

  private final byte[] ten = Payload.list(10);
  private final byte[] tenThousand = Payload.list(10_000);
  private final ObjectReader plain =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(Plain.Cluster[].class);
  private final RequestRules rules = RequestRules.ofSpaces(Validation.STRICT, Catalog.spaces());
  private final Deadline deadline = Deadline.after(Duration.ofDays(1));
  private TypeDBCloudSimulator simulator;
  private HttpTransport transport;
  private TokenManager tokens;
  private CallEvents call;

  /** Exchanges the token to look up. */
  @Setup
  public void exchange() {
    simulator = TypeDBCloudSimulator.start();
    transport =
        new HttpTransport(
            BaseUrl.parse(simulator.url()),
            1 << 20,
            TimeSource.system(),
            null,
            unchanged -> {},
            http -> http);
    var credentials = Credentials.of(simulator.clientId(), simulator.clientSecret());
    ListenerDispatcher listeners =
        new ListenerDispatcher(List.of(), TimeSource.system(), simulator.url(), TaskContexts.NONE);
    call =
        listeners.callStarted(
            new ClusterCalls(io.github.typedbcloud.model.Scope.space("my-team", "default")).list(),
            null);
    tokens =
        new TokenManager(
            new TokenExchange(
                transport,
                TimeSource.system(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                () -> credentials,
                listeners,
                new KnownSecrets(),
                ApiVersion.SPACES),
            TimeSource.system(),
            Runnable::run,
            TaskContexts.NONE::capture,
            () -> {});
    tokens.token(deadline, call);
  }

  /** Closes client and simulator. */
  @TearDown
  public void end() {
    transport.close();
    simulator.close();
  }

  @Benchmark
  public Object decode10Ours() throws IOException {
    return Decoders.CLUSTERS.decode(ten);
  }

  @Benchmark
  public Object decode10Plain() throws IOException {
    return plain.readValue(ten);
  }

  @Benchmark
  public Object decode10000Ours() throws IOException {
    return Decoders.CLUSTERS.decode(tenThousand);
  }

  @Benchmark
  public Object decode10000Plain() throws IOException {
    return plain.readValue(tenThousand);
  }

  @Benchmark
  public Object validation() {
    return rules.deploy(Ours.REQUEST);
  }

  @Benchmark
  public Object tokenLookup() {
    return tokens.token(deadline, call);
  }

  @Benchmark
  @Threads(16)
  public Object tokenLookup16Threads() {
    return tokens.token(deadline, call);
  }
}
