package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.event.WriteVerified;
import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.internal.http.Decoder;
import io.github.typedbcloud.internal.http.Failure;
import io.github.typedbcloud.internal.http.Failure.Kind;
import io.github.typedbcloud.internal.http.Result;
import io.github.typedbcloud.internal.http.Result.Failed;
import io.github.typedbcloud.internal.http.Result.Succeeded;
import io.github.typedbcloud.internal.http.ServerDate;
import io.github.typedbcloud.internal.listeners.CallEvents;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.internal.settle.Snapshot;
import io.github.typedbcloud.internal.settle.WriteOutcome;
import io.github.typedbcloud.internal.settle.WriteVerification;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out calls of one generation of the API. A read is attempted until it succeeds or is
 * refused. A write is attempted until it is known to be done or refused; where an attempt leaves
 * that open, the clusters are read to find out, and only what was not done is attempted again.
 *
 * <p>What comes before, the rules and the building of the request, its caller has done. Safe for
 * use by many threads.
 */
public final class CallExecutor {

  /** Of a write's time, this much at most is kept for finding out what became of it. */
  private static final Duration MAX_RESERVE = Duration.ofSeconds(5);

  /** And at most this part. */
  private static final int RESERVE_PART = 4;

  private static final int CONFLICT = 409;

  private static final String NOT_SEEN_DONE =
      "Reading it afterwards did not show it done, so it is safe to call again";

  private final Attempts attempts;
  private final TimeSource time;
  private final Backoff backoff;
  private final RetryBudget budget;
  private final ListenerDispatcher observers;

  /** A way to carry out calls. */
  public CallExecutor(
      Attempts attempts,
      TimeSource time,
      Backoff backoff,
      RetryBudget budget,
      ListenerDispatcher observers) {
    this.attempts = attempts;
    this.time = time;
    this.backoff = backoff;
    this.budget = budget;
    this.observers = observers;
  }

  /**
   * Carries out a call that changes nothing.
   *
   * @throws TypeDBCloudException when it does not succeed
   * @throws IllegalStateException when the client is closed
   */
  public <T> T read(ApiRequest request, Decoder<T> decoder, CallOptions settings) {
    return observers.observe(
        request,
        observation -> {
          Result<T> outcome = attemptRead(request, decoder, effort(settings, observation));
          if (outcome instanceof Failed<T> failed) {
            throw failed.failure().exception();
          }
          return ((Succeeded<T>) outcome).value();
        });
  }

  /**
   * The same for what may not exist.
   *
   * @return empty when the service says that it does not
   */
  public <T> Optional<T> find(ApiRequest request, Decoder<T> decoder, CallOptions settings) {
    return observers.observe(
        request,
        observation -> {
          Result<T> outcome = attemptRead(request, decoder, effort(settings, observation));
          if (outcome instanceof Failed<T> failed) {
            if (failed.failure().kind() == Kind.ABSENT) {
              return Optional.empty();
            }
            throw failed.failure().exception();
          }
          return Optional.of(((Succeeded<T>) outcome).value());
        });
  }

  /**
   * Carries out a call that changes a cluster, once.
   *
   * @throws TypeDBCloudException when it does not succeed
   * @throws IllegalStateException when the client is closed
   */
  public Cluster write(ApiRequest request, WriteVerification settlement, CallOptions settings) {
    return observers.observe(
        request, observation -> write(request, settlement, effort(settings, observation)));
  }

  private Cluster write(ApiRequest request, WriteVerification settlement, CallState effort) {
    boolean maybeDone = false;
    while (true) {
      Result<Cluster> outcome =
          attempts.attempt(
              request,
              Decoders.CLUSTER,
              effort.settings(),
              effort.deadline().earlier(reserve(effort)),
              effort.observation());
      if (outcome instanceof Succeeded<Cluster> succeeded) {
        effort.succeeded();
        return succeeded.value();
      }
      Failure failure = ((Failed<Cluster>) outcome).failure();
      maybeDone |= failure.kind() == Kind.UNKNOWN;
      // The refusal of a later attempt may be the echo of an earlier one that was done.
      if (failure.kind() == Kind.UNKNOWN || (maybeDone && failure.saysNoToRequest())) {
        WriteOutcome finding = settle(request, settlement, effort, failure);
        if (finding instanceof WriteOutcome.Done done) {
          effort.succeeded();
          return done.cluster();
        }
        if (finding instanceof WriteOutcome.TakenByAnother taken) {
          throw taken(request, failure, taken.cluster());
        }
        if (failure.isRefusal()) {
          throw failure.exception();
        }
        if (!effort.goesOn(request, failure)) {
          throw finding instanceof WriteOutcome.NotDone
              ? failure.exception(NOT_SEEN_DONE)
              : unknown(request, settlement, failure, "and reading it does not show it", null);
        }
      } else if (failure.isRefusal() || !effort.pauseBeforeAttempt(request, failure)) {
        throw maybeDone ? failure.exception(NOT_SEEN_DONE) : failure.exception();
      }
    }
  }

  private <T> Result<T> attemptRead(ApiRequest request, Decoder<T> decoder, CallState effort) {
    while (true) {
      Result<T> outcome =
          attempts.attempt(
              request, decoder, effort.settings(), effort.deadline(), effort.observation());
      if (outcome instanceof Failed<T> failed) {
        Failure failure = failed.failure();
        if (failure.isRefusal() || !effort.pauseBeforeAttempt(request, failure)) {
          return outcome;
        }
      } else {
        effort.succeeded();
        return outcome;
      }
    }
  }

  /** Reads until the deadline, or until a reading tells what became of a write. */
  private WriteOutcome settle(
      ApiRequest request, WriteVerification settlement, CallState effort, Failure failure) {
    effort.pauseBeforeReading(failure);
    while (true) {
      Result<List<Cluster>> read =
          attempts.attempt(
              settlement.read(),
              clusters(settlement.read()),
              effort.settings(),
              effort.deadline(),
              effort.observation());
      if (read instanceof Succeeded<List<Cluster>> succeeded) {
        return found(
            settlement.judge(reading(succeeded.value(), succeeded.serviceTime(), effort)),
            effort,
            failure);
      }
      Failure missed = ((Failed<List<Cluster>>) read).failure();
      if (missed.kind() == Kind.ABSENT) {
        return found(
            settlement.judge(reading(List.of(), ServerDate.UNKNOWN, effort)), effort, failure);
      }
      if (missed.isRefusal() || !effort.pauseBeforeReadingAgain(settlement.read(), missed)) {
        effort.observation().writeVerified(WriteVerified.Result.UNKNOWN, failure.happened());
        throw unknown(
            request,
            settlement,
            failure,
            "and reading it failed too: " + missed.happened(),
            missed);
      }
    }
  }

  private static WriteOutcome found(WriteOutcome finding, CallState effort, Failure failure) {
    effort
        .observation()
        .writeVerified(
            finding instanceof WriteOutcome.Done
                ? WriteVerified.Result.DONE
                : finding instanceof WriteOutcome.NotDone
                    ? WriteVerified.Result.NOT_DONE
                    : finding instanceof WriteOutcome.TakenByAnother
                        ? WriteVerified.Result.TAKEN_BY_ANOTHER
                        : WriteVerified.Result.UNKNOWN,
            failure.happened());
    return finding;
  }

  private static Decoder<List<Cluster>> clusters(ApiRequest read) {
    return read.operation() == Operation.LIST
        ? Decoders.CLUSTERS
        : body -> List.of(Decoders.CLUSTER.decode(body));
  }

  private Snapshot reading(List<Cluster> clusters, ServerDate serviceTime, CallState effort) {
    Instant told = serviceTime.instant();
    return new Snapshot(clusters, told == null ? time.now() : told, effort.elapsed());
  }

  private static ConflictException taken(ApiRequest request, Failure failure, Cluster other) {
    String message =
        failure.happened()
            + ". It was not done: "
            + other
            + " has the ID, is not what was asked for or is older than this call, and so is another's."
            + " Choose another ID, or read it with get(id).";
    return failure.exception() instanceof ConflictException conflict
        ? new ConflictException(
            conflict.call(), conflict.status(), conflict.code(), conflict.serviceMessage(), message)
        : new ConflictException(request.describe(), CONFLICT, "", "", message);
  }

  private static OutcomeUnknownException unknown(
      ApiRequest request,
      WriteVerification settlement,
      Failure failure,
      String why,
      @Nullable Failure missed) {
    TypeDBCloudException attempt = failure.exception();
    Throwable lost = attempt instanceof TransportException ? attempt.getCause() : null;
    OutcomeUnknownException unknown =
        new OutcomeUnknownException(
            request.describe(),
            failure.happened()
                + ", "
                + why
                + ". It may or may not have been done; read "
                + settlement.target()
                + " before you write again.",
            lost == null ? attempt : lost);
    if (missed != null) {
      unknown.addSuppressed(missed.exception());
    }
    return unknown;
  }

  private CallState effort(CallOptions settings, CallEvents observation) {
    // Before a token is asked for, whose exchange would fail like a network.
    attempts.requireOpen();
    return new CallState(time, backoff, budget, settings, observation);
  }

  private static Duration reserve(CallState effort) {
    Duration part = effort.deadline().remaining().dividedBy(RESERVE_PART);
    return part.compareTo(MAX_RESERVE) < 0 ? part : MAX_RESERVE;
  }
}
