package io.github.typedbcloud.simulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The clusters of one project or space at one moment, seen without a call. Immutable.
 *
 * @param statuses the status of each cluster that there is, by its ID, in the order in which they
 *     were created
 * @param created how many clusters were ever created under each ID, those that are gone included; a
 *     cluster that was renamed counts under its first ID
 */
public record ClusterSnapshot(Map<String, String> statuses, Map<String, Integer> created) {

  /** Keeps copies. */
  public ClusterSnapshot {
    statuses = Collections.unmodifiableMap(new LinkedHashMap<>(statuses));
    created = Collections.unmodifiableMap(new LinkedHashMap<>(created));
  }

  /** How many clusters were ever created under this ID; often 0 or 1. */
  public int timesCreated(String id) {
    return created.getOrDefault(id, 0);
  }
}
