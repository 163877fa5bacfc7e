package io.github.typedbcloud.ephemeral;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sweep did.
 *
 * @param destroyed the IDs of the clusters that are gone now
 * @param failed the IDs of those that could not be destroyed, and why; the next sweep tries again
 */
public record SweepResult(List<String> destroyed, Map<String, RuntimeException> failed) {

  /** Copies the collections. */
  public SweepResult {
    destroyed = List.copyOf(destroyed);
    failed = Map.copyOf(failed);
  }

  static final class Collector {
    private final List<String> destroyed = new ArrayList<>();
    private final Map<String, RuntimeException> failed = new LinkedHashMap<>();

    void attempt(String id, Runnable destruction) {
      try {
        destruction.run();
        destroyed.add(id);
      } catch (RuntimeException e) {
        failed.put(id, e);
      }
    }

    void destroyed(String id) {
      destroyed.add(id);
    }

    boolean isDestroyed(String id) {
      return destroyed.contains(id);
    }

    boolean knows(String id) {
      return isDestroyed(id) || failed.containsKey(id);
    }

    SweepResult result() {
      return new SweepResult(destroyed, failed);
    }
  }
}
