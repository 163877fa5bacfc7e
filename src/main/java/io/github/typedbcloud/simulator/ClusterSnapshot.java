package io.github.typedbcloud.simulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The clusters of a project or space at one moment, read without a call. Immutable.
 *
 * @param statuses the status of each existing cluster by its ID, in order of creation
 * @param created how many clusters were ever created with each ID, including destroyed ones; a
 *     renamed cluster counts under its first ID
 */
public record ClusterSnapshot(Map<String, String> statuses, Map<String, Integer> created) {

  /** Copies both maps. */
  public ClusterSnapshot {
    statuses = Collections.unmodifiableMap(new LinkedHashMap<>(statuses));
    created = Collections.unmodifiableMap(new LinkedHashMap<>(created));
  }

  /** How many clusters were ever created with this ID. */
  public int timesCreated(String id) {
    return created.getOrDefault(id, 0);
  }
}
