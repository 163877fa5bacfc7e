package io.github.typedbcloud.internal.listeners;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WriteVerified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a client: calls and waits at debug, requests at trace, and at warn what an operator
 * may act on: retries, writes that were verified by reading, tokens that could not be renewed.
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
      Log.LOG.trace(
          "{}: request {} ({} {}): {} after {} ms",
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
      Log.LOG.warn(
          "{}. {}: retrying as request {} ({}) in {} ms",
          event.reason(),
          event.call(),
          event.attempt(),
          event.operation(),
          event.pause().toMillis());
    }
  }

  @Override
  public void writeVerified(WriteVerified event) {
    Log.LOG.warn(
        "{}. Verified by reading: {}",
        event.reason(),
        switch (event.outcome()) {
          case APPLIED -> "it was applied";
          case NOT_VISIBLE -> "it is not visible, and retried";
          case ID_TAKEN -> "another cluster has the ID";
          case UNKNOWN -> "the outcome is unknown";
        });
  }

  @Override
  public void callEnded(CallEnded event) {
    if (Log.LOG.isDebugEnabled()) {
      Log.LOG.debug(
          "{}: {} after {} ms, requests: {}",
          event.call(),
          event.failure() == null ? "succeeded" : event.failure().toString(),
          event.duration().toMillis(),
          event.attempts());
    }
  }

  @Override
  public void tokenExchanged(TokenExchanged event) {
    if (event.failure() == null) {
      Log.LOG.debug(
          "token exchange at {}: succeeded after {} ms", event.path(), event.duration().toMillis());
    } else if (event.renewal()) {
      Log.LOG.warn(
          "The access token could not be renewed; the current one is still valid: {}",
          event.failure());
    } else {
      Log.LOG.debug("token exchange at {}: {}", event.path(), event.failure());
    }
  }

  @Override
  public void waitEnded(WaitEnded event) {
    if (Log.LOG.isDebugEnabled()) {
      Log.LOG.debug("{}", event);
    }
  }
}
