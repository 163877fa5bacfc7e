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
 * Records a span for each call. The span is current on the thread of the call: it is a child of the
 * caller's span, and the parent of the HTTP client's spans. Requests, retries and verified writes
 * are events of the span.
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
  private final Map<CallInfo, ActiveSpan> activeSpans = new ConcurrentHashMap<>();

  private record ActiveSpan(Span span, Scope scope) {}

  /** Register the listener with {@code TypeDBCloudClient.builder().listener(…)}. */
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
    activeSpans.put(call, new ActiveSpan(span, span.makeCurrent()));
  }

  @Override
  public void attemptEnded(AttemptEnded event) {
    addEvent(
        event.call(),
        event.failure() == null ? "response received" : "request without response",
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
    addEvent(event.call(), "retry scheduled", Attributes.of(ATTEMPT, (long) event.attempt()));
  }

  @Override
  public void writeVerified(WriteVerified event) {
    addEvent(
        event.call(),
        "write verified",
        Attributes.of(RESULT, event.outcome().name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void callEnded(CallEnded event) {
    ActiveSpan active = activeSpans.remove(event.call());
    if (active == null) {
      return;
    }
    if (event.failure() != null) {
      active.span().setStatus(StatusCode.ERROR, event.outcome());
      active.span().setAttribute(ERROR, event.failure().getClass().getName());
      active.span().recordException(event.failure());
    }
    active.scope().close();
    active.span().end();
  }

  private void addEvent(CallInfo call, String name, Attributes attributes) {
    ActiveSpan active = activeSpans.get(call);
    if (active != null) {
      active.span().addEvent(name, attributes);
    }
  }
}
