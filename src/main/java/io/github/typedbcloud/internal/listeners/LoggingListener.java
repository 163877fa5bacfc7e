package io.github.typedbcloud.internal.listeners;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WaitInfo;
import io.github.typedbcloud.event.WriteVerified;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log of a client, a line for each event: calls and waits at debug, requests at trace, and at
 * warn what an operator may act on: retries, writes that were verified by reading, tokens that
 * could not be renewed.
 */
public final class LoggingListener implements OperationListener {

  /** Looked up at the first event. Its name is public: users configure it. */
  private static final class Log {
    static final Logger LOG = LoggerFactory.getLogger("io.github.typedbcloud.operations");
  }

  /** Whether the level is debug or finer. */
  static boolean wantsCalls() {
    return Log.LOG.isDebugEnabled();
  }

  @Override
  public void attemptEnded(AttemptEnded event) {
    if (Log.LOG.isTraceEnabled()) {
      ofCall(Level.TRACE, event.call())
          .add("request", event.attempt())
          .add("method", event.method())
          .addStatus(event.status())
          .add("durationMs", event.duration().toMillis())
          .log(
              "Call %d (%s): request %d (%s %s): %s after %d ms",
              event.call().number(),
              event.call(),
              event.attempt(),
              event.method(),
              event.operation(),
              event.failure() == null ? event.status() : "no response, " + event.failure(),
              event.duration().toMillis());
    }
  }

  @Override
  public void retryScheduled(RetryScheduled event) {
    if (Log.LOG.isWarnEnabled()) {
      LogLine line = ofCall(Level.WARN, event.call()).add("retried", event.operation());
      String count = "";
      if (event.attempt() > 0) {
        line.add("attempt", event.attempt()).add("maxAttempts", event.maxAttempts());
        count = ", attempt " + event.attempt() + " of " + event.maxAttempts();
      }
      line.addStatus(event.status())
          .add("pauseMs", event.pause().toMillis())
          .log(
              "Call %d: %s. Retrying the %s %s%s",
              event.call().number(),
              event.reason(),
              event.operation(),
              pause(event.pause()),
              count);
    }
  }

  private static String pause(Duration pause) {
    return pause.isZero() ? "at once" : "in " + pause.toMillis() + " ms";
  }

  @Override
  public void writeVerified(WriteVerified event) {
    if (Log.LOG.isWarnEnabled()) {
      ofCall(Level.WARN, event.call())
          .add("outcome", event.outcome().name().toLowerCase(Locale.ROOT))
          .log(
              "Call %d: %s. Verified by reading: %s",
              event.call().number(),
              event.reason(),
              switch (event.outcome()) {
                case APPLIED -> "it was applied";
                case NOT_VISIBLE -> "it is not visible, and retried";
                case ID_TAKEN -> "another cluster has the ID";
                case UNKNOWN -> "the outcome is unknown";
              });
    }
  }

  @Override
  public void callEnded(CallEnded event) {
    if (Log.LOG.isDebugEnabled()) {
      LogLine line =
          ofCall(Level.DEBUG, event.call())
              .add("requests", event.attempts())
              .addStatus(event.status())
              .add("durationMs", event.duration().toMillis())
              .add("outcome", event.outcome());
      long number = event.call().number();
      if (event.failure() == null) {
        line.log(
            "Call %d: %s: succeeded after %d ms, requests: %d",
            number, event.call(), event.duration().toMillis(), event.attempts());
      } else {
        // The message of the exception names the call.
        line.log(
            "Call %d: failed after %d ms, requests: %d: %s",
            number, event.duration().toMillis(), event.attempts(), event.failure());
      }
    }
  }

  @Override
  public void tokenExchanged(TokenExchanged event) {
    boolean isWarning = event.failure() != null && event.renewal();
    if (isWarning ? Log.LOG.isWarnEnabled() : Log.LOG.isDebugEnabled()) {
      long call = event.call().number();
      LogLine line =
          new LogLine(Log.LOG, isWarning ? Level.WARN : Level.DEBUG)
              .add("operation", "token exchange")
              .add("call", call)
              .addStatus(event.status())
              .add("durationMs", event.duration().toMillis());
      if (event.failure() == null) {
        line.log(
            "Call %d: token exchange at %s: succeeded after %d ms",
            call, event.path(), event.duration().toMillis());
      } else {
        line.log(
            "Call %d: %s%s",
            call,
            event.renewal()
                ? "The access token could not be renewed; the current one is still valid: "
                : "",
            event.failure());
      }
    }
  }

  @Override
  public void waitStarted(WaitInfo wait) {
    if (Log.LOG.isDebugEnabled()) {
      ofWait(wait).log("Wait %d: %s: started", wait.number(), wait);
    }
  }

  @Override
  public void waitEnded(WaitEnded event) {
    if (Log.LOG.isDebugEnabled()) {
      WaitInfo wait = event.waitInfo();
      LogLine line =
          ofWait(wait)
              .add("durationMs", event.duration().toMillis())
              .add("outcome", event.outcome());
      if (event.failure() == null) {
        line.log(
            "Wait %d: %s: succeeded after %d ms", wait.number(), wait, event.duration().toMillis());
      } else {
        // The message of the exception names the clusters.
        line.log(
            "Wait %d: failed after %d ms: %s",
            wait.number(), event.duration().toMillis(), event.failure());
      }
    }
  }

  private static LogLine ofCall(Level level, CallInfo call) {
    LogLine line =
        new LogLine(Log.LOG, level)
            .add("call", call.number())
            .add("operation", call.operation())
            .add("scope", call.scope().toString());
    if (call.clusterId() != null) {
      line.addText("cluster", call.clusterId());
    }
    if (call.waitInfo() != null) {
      line.add("wait", call.waitInfo().number());
    }
    return line;
  }

  private static LogLine ofWait(WaitInfo wait) {
    return new LogLine(Log.LOG, Level.DEBUG)
        .add("wait", wait.number())
        .add("scope", wait.scope().toString())
        .addText("clusters", String.join(",", wait.clusterIds()))
        .addText("goal", wait.goal());
  }
}
