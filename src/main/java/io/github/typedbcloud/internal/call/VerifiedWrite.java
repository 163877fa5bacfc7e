package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.event.WriteVerified;
import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.internal.api.Result;
import io.github.typedbcloud.internal.api.Result.Failure;
import io.github.typedbcloud.internal.api.Result.Kind;
import io.github.typedbcloud.internal.api.Result.Success;
import io.github.typedbcloud.internal.http.ServerDate;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One write, which is not applied twice, and whose result is not guessed. Not thread-safe.
 *
 * <p>As long as no attempt may have been applied, the write is retried and fails like a read. After
 * the first attempt of unknown outcome the cluster is read, with backoff, until the reads are
 * decisive, or permit another attempt, or the verification window ends. From then on no rejection
 * is final: it may be caused by the success of an earlier attempt.
 */
final class VerifiedWrite {

  private static final int CONFLICT = 409;

  /** After more than a second a clock that stands still is of no use. */
  private static final Duration MAX_TIME_TO_SECOND = Duration.ofMillis(1500);

  private final CallExecutor executor;
  private final ApiCall<Cluster> call;
  private final Supplier<WriteVerification> verificationSupplier;
  private final @Nullable OwnWrite before;
  private final CallState state;
  private @Nullable Verification verification;

  /**
   * A write that was not sent yet.
   *
   * @param before the last write of this client to the same cluster; null for none
   */
  VerifiedWrite(
      CallExecutor executor,
      ApiCall<Cluster> call,
      Supplier<WriteVerification> verificationSupplier,
      @Nullable OwnWrite before,
      CallState state) {
    this.executor = executor;
    this.call = call;
    this.verificationSupplier = verificationSupplier;
    this.before = before;
    this.state = state;
  }

  /**
   * Attempts and verifies the write until its result is known.
   *
   * @throws TypeDBCloudException when it failed, or its outcome is unknown
   */
  Cluster execute() {
    while (true) {
      Result<Cluster> result = executor.sendWithRetries(call, state);
      if (result instanceof Success<Cluster> success) {
        return success.value();
      }
      Failure<Cluster> failure = (Failure<Cluster>) result;
      if (failure.kind().isOutcomeUnknown()) {
        state.mayBeApplied();
      } else if (!state.isMayBeApplied()) {
        return ownDespite(failure);
      }
      if (verification == null) {
        verification = new Verification(verificationSupplier.get());
      }
      Cluster applied = verification.verify(failure);
      if (applied != null) {
        return applied;
      }
    }
  }

  /**
   * The cluster, when a proxy sent the request twice, so that the rejection is caused by the write
   * itself.
   *
   * @param failure of a write that was not attempted before
   * @throws TypeDBCloudException otherwise
   */
  private Cluster ownDespite(Failure<Cluster> failure) {
    WriteVerification write = verificationSupplier.get();
    Cluster own =
        write.echoes().contains(failure.kind())
                && !executor.writes().isCreatedByOthers(call, write.targetId())
            ? new Verification(write).ownDespite()
            : null;
    OwnWrite last = executor.writes().last(call.scope(), write.targetId());
    boolean isOfOtherCall = own != null && last != null && own.createdAt().equals(last.createdAt());
    if (own == null || (isOfOtherCall && call.operation() != Operation.UPDATE)) {
      throw failure.exception();
    }
    state.events().writeVerified(WriteVerified.Outcome.APPLIED, failure.summary());
    return own;
  }

  private boolean isRecent(OwnWrite write) {
    return write.isRecent(executor.elapsed(), state.options().verificationWindow());
  }

  /** The reads that verify this write. */
  private final class Verification {

    private final WriteVerification write;
    private final ReadHistory history =
        before == null
            ? new ReadHistory(null, false)
            : new ReadHistory(before.createdAt(), isRecent(before));

    /** The last attempt that may have been applied. */
    private @Nullable Failure<?> unknown;

    /** Of a later attempt. */
    private @Nullable ApiException rejection;

    private String rejectionSummary = "";

    private @Nullable Failure<?> failedRead;

    Verification(WriteVerification write) {
      this.write = write;
    }

    /**
     * Reads until the outcome is known, or another attempt is safe.
     *
     * @param failure of the last attempt
     * @return the result of the write; null for another attempt
     */
    @Nullable Cluster verify(Failure<Cluster> failure) {
      if (failure.kind().isOutcomeUnknown()) {
        unknown = failure;
        if (failure.kind() == Kind.UNREADABLE_SUCCESS) {
          history.successReported();
        }
      } else if (failure.exception() instanceof ApiException error
          && !failure.kind().isTransient()) {
        rejection = error;
        rejectionSummary = failure.summary();
      }
      boolean mayRetry =
          failure.kind().isTransient() && rejection == null && !history.isSuccessReported();
      boolean afterWrite = true;
      CallState.Moment lastSeen = state.attemptStartedAt();
      Duration retryNotBefore = state.notBefore(failure);
      Duration windowEnd = null;
      for (int reads = 0; true; reads++) {
        if (!state.pauseBeforeVerification(
            reads, reads == 0 ? Duration.ZERO : retryNotBefore, windowEnd)) {
          throw unknown("the deadline left no time for another read");
        }
        Result<List<Cluster>> read = read();
        windowEnd = windowEnd == null ? state.verificationEnd() : windowEnd;
        if (failedRead == null) {
          history.add(snapshot(read), state.since(lastSeen), afterWrite);
          // A read shows the state at some time after it was sent.
          lastSeen = state.readStartedAt();
          afterWrite = false;
          WriteOutcome outcome = outcome();
          if (outcome instanceof WriteOutcome.Applied applied) {
            verified(WriteVerified.Outcome.APPLIED, failure);
            return applied.cluster();
          }
          if (outcome instanceof WriteOutcome.IdTaken taken) {
            verified(WriteVerified.Outcome.ID_TAKEN, failure);
            throw idTaken(taken.cluster());
          }
          if (mayRetry
              && ((WriteOutcome.Undecided) outcome).isRetrySafe()
              && retryNotBefore.compareTo(state.spent()) <= 0
              && executor.isOpen()
              && state.retryNow(failure)) {
            return null;
          }
        } else if (!failedRead.kind().isAboutRequest()) {
          throw unknown("reading the cluster failed too: " + failedRead.summary());
        }
        if (state.spent().compareTo(windowEnd) >= 0) {
          throw unknown(
              history.isEmpty() && failedRead != null
                  ? "reading the cluster failed too: " + failedRead.summary()
                  : "reading the cluster did not show whether it was applied");
        }
      }
    }

    /**
     * Reads until the cluster that has the ID is there, or the window ends.
     *
     * @return the cluster, if this write can have created it; null otherwise
     */
    @Nullable Cluster ownDespite() {
      Duration windowEnd = null;
      for (int reads = 0; state.pauseBeforeVerification(reads, Duration.ZERO, windowEnd); reads++) {
        Result<List<Cluster>> read = read();
        windowEnd = windowEnd == null ? state.verificationEnd() : windowEnd;
        if (failedRead != null) {
          return null;
        }
        history.add(snapshot(read), Duration.ZERO, false);
        boolean isThere = history.find(write.targetId()).isPresent();
        if (isThere && write.isOwn().test(history)) {
          return isCreatedBeforeWrite() ? null : history.first(write.targetId()).get();
        }
        if (isThere || state.spent().compareTo(windowEnd) >= 0) {
          return null;
        }
      }
      return null;
    }

    /**
     * Whether the cluster that a read shows was created before the write was sent. To the {@code
     * Date} of one read, which has a resolution of a second, it was not; so this reads on until a
     * second starts on the service's clock. Then a difference of about a tenth of a second shows. A
     * rename needs no clock.
     */
    private boolean isCreatedBeforeWrite() {
      if (call.operation() == Operation.UPDATE) {
        return false;
      }
      Duration end = state.spent().plus(MAX_TIME_TO_SECOND);
      Instant start = history.earliestStartOfWrite();
      while (start == null && state.spent().compareTo(end) < 0 && state.pauseBriefly()) {
        Result<List<Cluster>> read = read();
        if (failedRead != null) {
          break;
        }
        history.add(snapshot(read), Duration.ZERO, false);
        start = history.earliestStartOfWrite();
      }
      Cluster cluster = history.first(write.targetId()).get();
      return start != null && cluster.createdAt().isBefore(start);
    }

    /** What the reads show, unless it may be older than this write. */
    private WriteOutcome outcome() {
      WriteOutcome outcome = write.rule().apply(history);
      if (!(outcome instanceof WriteOutcome.Applied)) {
        return outcome;
      }
      if (call.operation() == Operation.DESTROY && history.find(write.targetId()).isEmpty()) {
        Failure<?> scopeFailure = executor.scopeFailure(write.list(), state);
        if (scopeFailure != null) {
          if (scopeFailure.kind() == Kind.NOT_FOUND) {
            // Nothing can have been applied in a scope that does not exist.
            throw scopeFailure.exception();
          }
          return new WriteOutcome.Undecided(false);
        }
      }
      return mayBeOlder() ? new WriteOutcome.Undecided(false) : outcome;
    }

    /** Whether the reads may not show yet what this client wrote before this write. */
    private boolean mayBeOlder() {
      Duration now = executor.elapsed();
      Duration window = state.options().verificationWindow();
      return before != null
          && switch (call.operation()) {
            case SUSPEND, RESUME -> before.operation() != call.operation() && isRecent(before);
            case UPDATE -> isRecent(before);
            case DESTROY ->
                history.find(write.targetId()).isEmpty() && before.isRecentCreation(now, window);
            default -> false;
          };
    }

    private Result<List<Cluster>> read() {
      Result<List<Cluster>> read = executor.sendWithRetries(write.read(), state);
      failedRead =
          read instanceof Failure<List<Cluster>> failure && failure.kind() != Kind.NOT_FOUND
              ? failure
              : null;
      return read;
    }

    private Snapshot snapshot(Result<List<Cluster>> read) {
      boolean isFound = read instanceof Success;
      ServerDate date = isFound ? ((Success<?>) read).serverDate() : ServerDate.UNKNOWN;
      return new Snapshot(
          isFound ? ((Success<List<Cluster>>) read).value() : List.of(),
          date.instant(),
          state.fromWriteToRead(),
          state.sinceWrite(),
          state.now());
    }

    private void verified(WriteVerified.Outcome outcome, Failure<?> failure) {
      state.events().writeVerified(outcome, failure.summary());
    }

    private ConflictException idTaken(Cluster other) {
      String message =
          summary()
              + ". It was not applied: "
              + state.describe(other)
              + " has the ID and is not the requested one. Choose another ID, or read it with"
              + " get(id).";
      return rejection instanceof ConflictException conflict
          ? new ConflictException(
              conflict.call(),
              conflict.status(),
              conflict.code(),
              conflict.serviceMessage(),
              message)
          : new ConflictException(call.describe(), CONFLICT, "", "", message);
    }

    private OutcomeUnknownException unknown(String why) {
      verified(WriteVerified.Outcome.UNKNOWN, Objects.requireNonNull(unknown));
      TypeDBCloudException attempt = unknown.exception();
      Throwable noResponse = attempt instanceof TransportException ? attempt.getCause() : null;
      Cluster seen = history.isEmpty() ? null : history.find(write.targetId()).orElse(null);
      OutcomeUnknownException exception =
          new OutcomeUnknownException(
              call.describe(),
              seen,
              history.isEmpty() ? null : history.last().readAt(),
              rejection,
              summary()
                  + ", and "
                  + why
                  + (history.isEmpty() ? "" : "; last seen: " + describe(seen))
                  + (rejection == null
                      ? ""
                      : "; a later attempt was rejected with HTTP "
                          + rejection.status()
                          + " ("
                          + rejectionSummary
                          + ")")
                  + (unknown.retryAfter() == null
                      ? ""
                      : "; the service requests a pause of "
                          + unknown.retryAfter().toSeconds()
                          + " s before another attempt")
                  + ". "
                  + unknown.advice()
                  + ".",
              noResponse == null ? attempt : noResponse);
      if (failedRead != null) {
        exception.addSuppressed(failedRead.exception());
      }
      if (rejection != null) {
        exception.addSuppressed(rejection);
      }
      return exception;
    }

    private String describe(@Nullable Cluster seen) {
      return String.format(
          Locale.ROOT,
          "%s, after %.1f s",
          seen == null ? "no " + write.target() : state.describe(seen),
          history.last().sinceSent().toMillis() / 1000.0);
    }

    private String summary() {
      return Objects.requireNonNull(unknown).summary();
    }
  }
}
