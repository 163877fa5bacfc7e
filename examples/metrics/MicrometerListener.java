package metrics;

import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WriteVerified;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/**
 * Records metrics of calls, retries, verified writes, token exchanges and waits. Tags have a small
 * number of values; no tag is a cluster ID.
 */
public final class MicrometerListener implements OperationListener {

  private final MeterRegistry registry;

  /** Register the listener with {@code TypeDBCloudClient.builder().listener(…)}. */
  public MicrometerListener(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void callEnded(CallEnded event) {
    Timer.builder("typedb.cloud.calls")
        .description("Calls of the TypeDB Cloud API, including their retries")
        .tag("operation", event.call().operation())
        .tag("outcome", event.outcome())
        .register(registry)
        .record(event.duration());
  }

  @Override
  public void retryScheduled(RetryScheduled event) {
    registry.counter("typedb.cloud.retries", "operation", event.operation()).increment();
  }

  @Override
  public void writeVerified(WriteVerified event) {
    registry
        .counter(
            "typedb.cloud.verifications",
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
            "outcome",
            event.failure() == null ? "success" : "failure")
        .record(event.duration());
  }

  @Override
  public void waitEnded(WaitEnded event) {
    registry
        .timer(
            "typedb.cloud.waits",
            "goal",
            event.awaitedStatus() == null ? "destroyed" : event.awaitedStatus().value(),
            "outcome",
            event.failure() == null ? "success" : event.failure().getClass().getSimpleName())
        .record(event.duration());
  }
}
