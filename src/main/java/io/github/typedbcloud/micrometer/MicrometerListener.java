package io.github.typedbcloud.micrometer;

import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WriteVerified;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Objects;

/**
 * Records metrics of calls, retries, verified writes, token exchanges and waits. Tags have a small
 * number of values; no tag is a cluster ID.
 */
public final class MicrometerListener implements OperationListener {

  private final MeterRegistry registry;
  private final String clientName;

  /**
   * A listener to pass to {@code TypeDBCloudClient.builder().listener(…)}.
   *
   * @param registry records the metrics
   * @param clientName the tag {@code client} of every metric, which distinguishes the clients of a
   *     process
   */
  @SuppressWarnings("exports") // users of this package already have Micrometer
  public MicrometerListener(MeterRegistry registry, String clientName) {
    this.registry = Objects.requireNonNull(registry, "registry must not be null");
    this.clientName = Objects.requireNonNull(clientName, "clientName must not be null");
  }

  @Override
  public void callEnded(CallEnded event) {
    Timer.builder("typedb.cloud.calls")
        .description("Calls of the TypeDB Cloud API, including their retries")
        .tag("client", clientName)
        .tag("operation", event.call().operation())
        .tag("status", status(event.status()))
        .tag("outcome", event.outcome())
        .register(registry)
        .record(event.duration());
  }

  @Override
  public void retryScheduled(RetryScheduled event) {
    registry
        .counter("typedb.cloud.retries", "client", clientName, "operation", event.operation())
        .increment();
  }

  @Override
  public void writeVerified(WriteVerified event) {
    registry
        .counter(
            "typedb.cloud.verifications",
            "client",
            clientName,
            "operation",
            event.call().operation(),
            "outcome",
            event.outcome().name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void tokenExchanged(TokenExchanged event) {
    registry
        .timer(
            "typedb.cloud.token.exchanges",
            "client",
            clientName,
            "status",
            status(event.status()),
            "outcome",
            event.failure() == null ? "success" : "failure")
        .record(event.duration());
  }

  private static String status(int status) {
    return status == 0 ? "none" : Integer.toString(status);
  }

  @Override
  public void waitEnded(WaitEnded event) {
    registry
        .timer(
            "typedb.cloud.waits",
            "client",
            clientName,
            "goal",
            event.waitInfo().goal(),
            "outcome",
            event.outcome())
        .record(event.duration());
  }
}
