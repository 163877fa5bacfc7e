package io.github.typedbcloud.event;

import java.util.Objects;

/**
 * A write whose outcome was unknown was verified by reading the cluster back.
 *
 * @param call the write
 * @param outcome what the reads showed
 * @param reason why the outcome was unknown, a human-readable sentence
 */
public record WriteVerified(CallInfo call, Outcome outcome, String reason) {

  /** What the reads showed. */
  public enum Outcome {
    /** The write was applied; the call succeeds. */
    APPLIED,
    /** The reads do not show the write applied, and another attempt cannot do harm: it follows. */
    NOT_VISIBLE,
    /** Another cluster has the ID; the call fails with a conflict. */
    ID_TAKEN,
    /** The reads were not decisive in time, or failed; the outcome stays unknown. */
    UNKNOWN
  }

  /** Validates that all components are non-null. */
  public WriteVerified {
    Objects.requireNonNull(call, "call must not be null");
    Objects.requireNonNull(outcome, "outcome must not be null");
    Objects.requireNonNull(reason, "reason must not be null");
  }
}
