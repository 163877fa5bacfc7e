package io.github.typedbcloud;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.error.WaitException.Reason;
import io.github.typedbcloud.internal.call.Backoff;
import io.github.typedbcloud.internal.wait.Times;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of {@link ClustersApi#ensure}: plan, act, wait, and plan again when the cluster is not as
 * requested after all, or a step fails because somebody else changed the cluster meanwhile.
 *
 * <p>A rejection may be the trace of another process, or of a read that lags. It is final when the
 * same step is rejected in the same state for longer than the verification window. Not thread-safe.
 */
final class EnsureLoop {

  private static final Logger LOG = LoggerFactory.getLogger(EnsureLoop.class);

  private static final int BAD_REQUEST = 400;

  private static final int CONFLICT = 409;

  private static final int NOT_FOUND = 404;

  private final DeployClusterRequest request;
  private final WaitOptions options;
  private final Duration window;
  private final TimeSource time;
  private final UnaryOperator<String> withoutSecrets;
  private final Duration deadline;
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
  private int failures;
  private @Nullable Object stuckIn;
  private Duration stuckSince = Duration.ZERO;

  /**
   * A run that starts now.
   *
   * @param options its timeout is that of the whole run
   * @param window how long reads may lag
   * @param withoutSecrets removes the secrets of the client from a message
   */
  EnsureLoop(
      DeployClusterRequest request,
      WaitOptions options,
      Duration window,
      TimeSource time,
      UnaryOperator<String> withoutSecrets) {
    this.withoutSecrets = withoutSecrets;
    this.request = request;
    this.options = options;
    this.window = window;
    this.time = time;
    this.deadline = Times.after(time.elapsed(), options.schedule().timeout());
  }

  /**
   * Runs until the cluster is as requested.
   *
   * @throws TypeDBCloudException when that is impossible, or takes too long
   */
  Cluster run(ClustersApi clusters) {
    while (true) {
      ClusterPlan plan = clusters.plan(request);
      try {
        Cluster cluster = plan.execute(clusters, this::remainingOptions);
        if (isDone(cluster)) {
          return cluster;
        }
        pause(pauseAfterMismatch(cluster));
      } catch (TypeDBCloudException e) {
        pause(pauseAfter(plan, e));
      }
    }
  }

  /** The options of a wait that starts now. */
  WaitOptions remainingOptions() {
    Duration left = deadline.minus(time.elapsed());
    return options.toBuilder().timeout(left.isNegative() ? Duration.ZERO : left).build();
  }

  private ClusterPlan rest(Cluster cluster) {
    return ClusterPlan.of(request, Optional.of(cluster), true, withoutSecrets);
  }

  /** Whether a cluster, as a plan left it, is as requested. */
  boolean isDone(Cluster cluster) {
    ClusterPlan rest = rest(cluster);
    if (rest.isFulfilled() && !rest.kept().isEmpty()) {
      LOG.info("ensure of {}", rest);
    }
    return rest.isFulfilled();
  }

  /**
   * How long to wait before the next plan, when the steps of one succeeded and did not suffice.
   *
   * @throws WaitException when there is no time left
   */
  Duration pauseAfterMismatch(Cluster cluster) {
    Duration pause = backoff.after(++failures);
    if (isTooLate(pause)) {
      throw new WaitException(
          Reason.TIMED_OUT,
          cluster,
          List.of(),
          "The timeout elapsed, and the cluster is not as requested: "
              + rest(cluster)
              + ". Read it with get, or call ensure again with a longer WaitOptions timeout.",
          null);
    }
    return pause;
  }

  /**
   * How long to wait before the next plan, when a step of one failed.
   *
   * @throws TypeDBCloudException that failure, when another plan would not help, or there is no
   *     time left
   */
  Duration pauseAfter(ClusterPlan plan, TypeDBCloudException failure) {
    Duration pause = backoff.after(++failures);
    if (!mayBeOthersDoing(failure) || isTooLate(pause) || isStuck(plan, failure)) {
      throw failure;
    }
    return pause;
  }

  void pause(Duration pause) {
    try {
      time.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WaitException(
          Reason.INTERRUPTED,
          null,
          List.of(),
          "The thread was interrupted while it ensured cluster '" + request.id() + "'.",
          e);
    }
  }

  /** Whether the failure can be caused by a change that somebody else made meanwhile. */
  private static boolean mayBeOthersDoing(TypeDBCloudException failure) {
    if (failure instanceof WaitException wait) {
      return wait.reason() == Reason.UNREACHABLE;
    }
    // Credentials that a token exchange rejects can have the status 400.
    if (failure instanceof ApiException error && !(error instanceof UnauthorizedException)) {
      return error.status() == BAD_REQUEST
          || error.status() == NOT_FOUND
          || error.status() == CONFLICT;
    }
    return failure instanceof OutcomeUnknownException;
  }

  /** Whether the same step has failed in the same state for too long. */
  private boolean isStuck(ClusterPlan plan, TypeDBCloudException failure) {
    Cluster current = plan.current();
    Object state =
        List.of(
            plan.steps(),
            failure.getClass(),
            current == null ? "" : List.of(current.createdAt(), current.status()));
    Duration now = time.elapsed();
    if (!state.equals(stuckIn)) {
      stuckIn = state;
      stuckSince = now;
    }
    return now.minus(stuckSince).compareTo(window) > 0;
  }

  private boolean isTooLate(Duration pause) {
    return time.elapsed().plus(pause).compareTo(deadline) >= 0;
  }
}
