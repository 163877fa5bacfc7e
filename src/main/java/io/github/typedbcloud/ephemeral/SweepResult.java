package io.github.typedbcloud.ephemeral;

import java.util.List;
import java.util.Map;

/**
 * The result of a sweep.
 *
 * @param destroyed the IDs of the clusters that were destroyed
 * @param failed the IDs of the clusters that could not be destroyed, and why; the next sweep tries
 *     again
 */
public record SweepResult(List<String> destroyed, Map<String, RuntimeException> failed) {

  /** Copies the collections. */
  public SweepResult {
    destroyed = List.copyOf(destroyed);
    failed = Map.copyOf(failed);
  }
}
