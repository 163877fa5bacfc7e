package io.github.typedbcloud.ephemeral;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The result of a sweep.
 *
 * @param destroyed the IDs of the clusters that were destroyed
 * @param failed the IDs of the clusters that could not be destroyed, and why; the next sweep tries
 *     again
 * @param unreadable the entries of the ledger that could not be read, so that nobody knows whether
 *     their clusters are in use; every sweep passes them over until you repair or delete them
 */
public record SweepResult(
    List<String> destroyed,
    Map<String, RuntimeException> failed,
    List<UnreadableEntry> unreadable) {

  /** Copies the collections. */
  public SweepResult {
    destroyed = List.copyOf(destroyed);
    failed = Map.copyOf(failed);
    unreadable = List.copyOf(unreadable);
  }

  /** Whether nothing failed and every entry was read. */
  public boolean isComplete() {
    return failed.isEmpty() && unreadable.isEmpty();
  }

  /**
   * A file in the ledger that is not a valid entry.
   *
   * @param file its path; its name is the cluster's ID and {@code .properties}
   * @param reason why it could not be read
   */
  public record UnreadableEntry(Path file, String reason) {}
}
