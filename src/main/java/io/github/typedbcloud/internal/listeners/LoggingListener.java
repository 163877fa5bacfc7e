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
 * The log of a client: a line for each operation and each wait at debug, each request at trace, and
 * at warn what an operator may want to know of: repetitions, writes that had to be looked after,
 * tokens that could not be renewed.
 */
public final class LoggingListener implements OperationListener {

  /** Named for users, who switch it on. Found when there is something to tell. */
  private static final class Log {
    static final Logger LOG = LoggerFactory.getLogger("io.github.typedbcloud.operations");
  }

  /** Whether lines at debug, or finer, are written. */
  static boolean hearsCalls() {
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
          event.failure() == null ? event.status() : "no answer, " + event.failure(),
          event.duration().toMillis());
    }
  }

  @Override
  public void retryScheduled(RetryScheduled event) {
    if (Log.LOG.isWarnEnabled()) {
      Log.LOG.warn(
          "{}. {}: sending request {} ({}) in {} ms",
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
        "{}. Reading what became of it tells: {}",
        event.reason(),
        switch (event.result()) {
          case DONE -> "it was done";
          case NOT_DONE -> "it was not done";
          case TAKEN_BY_ANOTHER -> "another's cluster has the ID";
          case UNKNOWN -> "nothing for certain";
        });
  }

  @Override
  public void callEnded(CallEnded event) {
    if (Log.LOG.isDebugEnabled()) {
      Log.LOG.debug(
          "{}: {} after {} ms, requests: {}",
          event.call(),
          event.failure() == null ? "done" : event.failure().toString(),
          event.duration().toMillis(),
          event.attempts());
    }
  }

  @Override
  public void tokenExchanged(TokenExchanged event) {
    if (event.failure() == null) {
      Log.LOG.debug(
          "token exchange at {}: done after {} ms", event.path(), event.duration().toMillis());
    } else if (event.renewal()) {
      Log.LOG.warn(
          "The access token could not be renewed and still serves for now: {}", event.failure());
    } else {
      Log.LOG.debug("token exchange at {}: {}", event.path(), event.failure());
    }
  }

  @Override
  public void waitEnded(WaitEnded event) {
    if (Log.LOG.isDebugEnabled()) {
      Log.LOG.debug(
          "wait for {} of {} in {}: {} after {} ms",
          event.goal() == null ? "the end" : event.goal(),
          event.clusterIds(),
          event.scope(),
          event.failure() == null ? "done" : event.failure().toString(),
          event.duration().toMillis());
    }
  }
}
