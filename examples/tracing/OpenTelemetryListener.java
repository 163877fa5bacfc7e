package tracing;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WaitInfo;
import io.github.typedbcloud.event.WriteVerified;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records a span for each call, token exchange and wait, with the attributes of OpenTelemetry's
 * semantic conventions. Register it with {@code listener(…)} and {@code taskDecorator(task ->
 * Context.current().wrap(task))} of the client's builder: then all of them are in the trace of the
 * caller, on whatever thread they run.
 *
 * <p>The span of a call is a child of the caller's span, or of the span of the wait that polls.
 * Requests, retries and verified writes are its events. It is current on the thread of the call, so
 * that it is the parent of the HTTP client's spans; not so that of a poll, whose events arrive on
 * another thread: there they are children of the span of the wait's caller.
 */
public final class OpenTelemetryListener implements OperationListener {

  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("typedb.cloud.operation");
  private static final AttributeKey<String> SCOPE = AttributeKey.stringKey("typedb.cloud.scope");
  private static final AttributeKey<String> CLUSTER =
      AttributeKey.stringKey("typedb.cloud.cluster.id");
  private static final AttributeKey<List<String>> CLUSTERS =
      AttributeKey.stringArrayKey("typedb.cloud.cluster.ids");
  private static final AttributeKey<Long> CALL = AttributeKey.longKey("typedb.cloud.call");
  private static final AttributeKey<Long> WAIT = AttributeKey.longKey("typedb.cloud.wait");
  private static final AttributeKey<String> GOAL = AttributeKey.stringKey("typedb.cloud.goal");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("typedb.cloud.attempt");
  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("typedb.cloud.result");

  // Of the semantic conventions.
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<Long> RESENDS =
      AttributeKey.longKey("http.request.resend_count");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("url.template");
  private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private static final int FIRST_ERROR_STATUS = 400;

  private final Tracer tracer;
  private final Map<CallInfo, ActiveSpan> calls = new ConcurrentHashMap<>();
  private final Map<WaitInfo, Span> waits = new ConcurrentHashMap<>();

  /** The span of a call, and how often each of its operations was sent, on the call's thread. */
  private record ActiveSpan(Span span, Scope scope, Map<String, Long> sent) {
    ActiveSpan(Span span, Scope scope) {
      this(span, scope, new HashMap<>());
    }
  }

  /** A listener that records spans with the given SDK. */
  public OpenTelemetryListener(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("io.github.typedbcloud");
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // callEnded closes it, on the same thread
  public void callStarted(CallInfo call) {
    boolean isPoll = call.waitInfo() != null;
    Span wait = isPoll ? waits.get(call.waitInfo()) : null;
    SpanBuilder builder =
        tracer
            .spanBuilder("typedb.cloud " + call.operation())
            .setParent(wait == null ? Context.current() : Context.current().with(wait))
            .setAttribute(OPERATION, call.operation())
            .setAttribute(SCOPE, call.scope().toString())
            .setAttribute(CALL, call.number());
    if (call.clusterId() != null) {
      builder.setAttribute(CLUSTER, call.clusterId());
    }
    Span span = setServer(builder, call).startSpan();
    calls.put(call, new ActiveSpan(span, isPoll ? Scope.noop() : span.makeCurrent()));
  }

  @Override
  public void attemptEnded(AttemptEnded event) {
    AttributesBuilder attributes =
        Attributes.builder().put(METHOD, event.method()).put(TEMPLATE, event.pathTemplate());
    ActiveSpan active = calls.get(event.call());
    long sent = active == null ? 1 : active.sent().merge(event.operation(), 1L, Long::sum);
    if (sent > 1) {
      attributes.put(RESENDS, sent - 1);
    }
    if (event.failure() != null) {
      attributes.put(ERROR, event.failure().getClass().getName());
    } else {
      attributes.put(STATUS, (long) event.status());
      if (event.status() >= FIRST_ERROR_STATUS) {
        attributes.put(ERROR, String.valueOf(event.status()));
      }
    }
    addEvent(
        event.call(),
        event.failure() == null ? "response received" : "request without response",
        attributes.build());
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
    ActiveSpan active = calls.remove(event.call());
    if (active == null) {
      return;
    }
    if (event.status() != 0) {
      active.span().setAttribute(STATUS, (long) event.status());
    }
    fail(active.span(), event.failure());
    active.scope().close();
    active.span().end();
  }

  /** The listener is notified at the end, so that the span is recorded afterwards. */
  @Override
  public void tokenExchanged(TokenExchanged event) {
    Instant end = Instant.now();
    ActiveSpan call = calls.get(event.call());
    SpanBuilder builder =
        tracer
            .spanBuilder("typedb.cloud token exchange")
            .setSpanKind(SpanKind.CLIENT)
            .setParent(call == null ? Context.current() : Context.current().with(call.span()))
            .setStartTimestamp(end.minus(event.duration()))
            .setAttribute(METHOD, "POST")
            .setAttribute(TEMPLATE, event.path());
    setServer(builder, event.call());
    if (event.status() != 0) {
      builder.setAttribute(STATUS, (long) event.status());
    }
    Span span = builder.startSpan();
    if (event.failure() != null) {
      span.setStatus(StatusCode.ERROR, event.failure());
      span.setAttribute(ERROR, event.status() == 0 ? "_OTHER" : String.valueOf(event.status()));
    }
    span.end(end);
  }

  @Override
  public void waitStarted(WaitInfo wait) {
    Span span =
        tracer
            .spanBuilder("typedb.cloud wait")
            .setAttribute(SCOPE, wait.scope().toString())
            .setAttribute(WAIT, wait.number())
            .setAttribute(CLUSTERS, wait.clusterIds())
            .setAttribute(GOAL, wait.goal())
            .startSpan();
    waits.put(wait, span);
  }

  @Override
  public void waitEnded(WaitEnded event) {
    Span span = waits.remove(event.waitInfo());
    if (span != null) {
      fail(span, event.failure());
      span.end();
    }
  }

  private void addEvent(CallInfo call, String name, Attributes attributes) {
    ActiveSpan active = calls.get(call);
    if (active != null) {
      active.span().addEvent(name, attributes);
    }
  }

  private static SpanBuilder setServer(SpanBuilder span, CallInfo call) {
    URI url = call.baseUrl();
    int defaultPort = url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    return span.setAttribute(ADDRESS, url.getHost())
        .setAttribute(PORT, (long) (url.getPort() < 0 ? defaultPort : url.getPort()));
  }

  private static void fail(Span span, Throwable failure) {
    if (failure != null) {
      span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
      span.setAttribute(ERROR, failure.getClass().getName());
      span.recordException(failure);
    }
  }
}
