package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The reads of a poll in one scope. Called on a polling thread; an interrupt ends them. */
public interface PollSource {

  /** Runs work of the caller on the current thread, in the context of the caller. */
  default void inContext(Runnable work) {
    work.run();
  }

  /** How long the caller lets a call take. */
  Duration callTimeout();

  /**
   * The cluster; empty when it does not exist.
   *
   * @throws TypeDBCloudException when it cannot be read
   */
  Optional<Cluster> find(String id, Duration timeout);

  /**
   * All clusters.
   *
   * @throws TypeDBCloudException when they cannot be read
   */
  List<Cluster> list(Duration timeout);

  /** A message that quotes what was read, without the secrets of the client. */
  default String withoutSecrets(String message) {
    return message;
  }
}
