package io.github.typedbcloud.simulator;

/** A part of a {@link TypeDBCloudSimulator} that can be reset. */
public enum ResetPart {
  /**
   * Projects and spaces, clusters with their history, API tokens and settings return to those of
   * the start. Access tokens stay valid if their API token is one of those.
   */
  STATE,
  /** All faults end, and their count is 0. */
  FAULTS,
  /** The received requests are cleared. */
  REQUESTS,
  /**
   * The wall clock and its mode return to those of the start. Nothing expires and no transition
   * ends because of it.
   */
  CLOCK
}
