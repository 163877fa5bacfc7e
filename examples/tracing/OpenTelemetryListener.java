package tracing;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.WriteVerified;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A span for each call, current on the thread that carries it out, so that it is a child of what
 * that thread does and a parent of the HTTP client's own spans. Requests, repetitions and what
 * reading settled are events of it.
 */
public final class OpenTelemetryListener implements OperationListener {

  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("typedb.cloud.operation");
  private static final AttributeKey<String> SCOPE = AttributeKey.stringKey("typedb.cloud.scope");
  private static final AttributeKey<String> CLUSTER =
      AttributeKey.stringKey("typedb.cloud.cluster.id");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("typedb.cloud.attempt");
  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("typedb.cloud.result");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private final Tracer tracer;
  private final Map<CallInfo, Open> open = new ConcurrentHashMap<>();

  private record Open(Span span, Scope current) {}

  /** Give it to {@code TypeDBCloudClient.builder().listener(…)}. */
  public OpenTelemetryListener(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("io.github.typedbcloud");
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // callEnded closes it, on the same thread
  public void callStarted(CallInfo call) {
    Span span =
        tracer
            .spanBuilder("typedb.cloud " + call.operation())
            .setAttribute(OPERATION, call.operation())
            .setAttribute(SCOPE, call.scope().toString())
            .startSpan();
    if (call.clusterId() != null) {
      span.setAttribute(CLUSTER, call.clusterId());
    }
    open.put(call, new Open(span, span.makeCurrent()));
  }

  @Override
  public void attemptEnded(AttemptEnded event) {
    event(
        event.call(),
        event.failure() == null ? "request answered" : "request without answer",
        Attributes.of(
            ATTEMPT,
            (long) event.attempt(),
            METHOD,
            event.method(),
            STATUS,
            (long) event.status()));
  }

  @Override
  public void retryScheduled(RetryScheduled event) {
    event(event.call(), "retrying", Attributes.of(ATTEMPT, (long) event.attempt()));
  }

  @Override
  public void writeVerified(WriteVerified event) {
    event(
        event.call(),
        "verified by reading",
        Attributes.of(RESULT, event.outcome().name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void callEnded(CallEnded event) {
    Open call = open.remove(event.call());
    if (call == null) {
      return;
    }
    if (event.failure() != null) {
      call.span().setStatus(StatusCode.ERROR, event.outcome());
      call.span().setAttribute(ERROR, event.failure().getClass().getName());
      call.span().recordException(event.failure());
    }
    call.current().close();
    call.span().end();
  }

  private void event(CallInfo call, String name, Attributes attributes) {
    Open of = open.get(call);
    if (of != null) {
      of.span().addEvent(name, attributes);
    }
  }
}
