package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a poll asks of one scope. Called on the thread of the waits; ends when it is interrupted.
 */
public interface PollSource {

  /**
   * The cluster as it is now; empty when there is none.
   *
   * @throws TypeDBCloudException when it cannot be known
   */
  Optional<Cluster> find(String id, Duration timeout);

  /**
   * All clusters as they are now.
   *
   * @throws TypeDBCloudException when they cannot be known
   */
  List<Cluster> list(Duration timeout);
}
