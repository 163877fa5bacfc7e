package io.github.typedbcloud.event;

import java.util.Objects;

/**
 * The answer to a write was lost or did not tell, and the clusters were read to find out.
 *
 * @param call the write
 * @param result what reading told
 * @param reason what happened to the write, a sentence for people
 */
public record WriteVerified(CallInfo call, Result result, String reason) {

  /** What reading told. */
  public enum Result {
    /** The write was done; the call succeeds. */
    DONE,
    /** The write was not done; it is sent again if attempts and time are left. */
    NOT_DONE,
    /** Another's cluster has the ID; the call is a conflict. */
    TAKEN_BY_ANOTHER,
    /** Reading does not show it, or failed; the outcome is unknown. */
    UNKNOWN
  }

  /** Refuses null. */
  public WriteVerified {
    Objects.requireNonNull(call, "call must not be null");
    Objects.requireNonNull(result, "result must not be null");
    Objects.requireNonNull(reason, "reason must not be null");
  }
}
