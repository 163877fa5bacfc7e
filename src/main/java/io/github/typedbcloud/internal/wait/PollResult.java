package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.internal.api.StatusRule;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of one poll.
 *
 * @param clusters those that exist, by ID; none when the poll failed
 * @param failure why it failed; null for a success
 */
record PollResult(Map<String, Cluster> clusters, @Nullable Throwable failure) {

  /** Polls: one cluster when only one is awaited, else all of the scope. */
  static PollResult poll(PollSource source, Set<String> ids, Duration timeout) {
    Map<String, Cluster> clusters = new HashMap<>();
    try {
      if (ids.size() == 1) {
        String id = ids.iterator().next();
        source.find(id, timeout).ifPresent(cluster -> clusters.put(id, cluster));
      } else {
        for (Cluster cluster : source.list(timeout)) {
          clusters.putIfAbsent(cluster.id(), cluster);
        }
      }
    } catch (NotFoundException e) {
      // The project or space does not exist, and so none of its clusters.
      return new PollResult(Map.of(), null);
    } catch (Throwable e) {
      // The waiting callers must get any failure.
      return new PollResult(Map.of(), e);
    }
    return new PollResult(clusters, null);
  }

  Optional<Cluster> find(String id) {
    return Optional.ofNullable(clusters.get(id));
  }

  /** The failure when another poll may succeed; else null. */
  @Nullable TypeDBCloudException transientFailure() {
    if (failure instanceof ApiException error) {
      return StatusRule.of(error.status()).kind().isTransient() ? error : null;
    }
    return failure instanceof TransportException || failure instanceof UnreadableResponseException
        ? (TypeDBCloudException) failure
        : null;
  }

  /** The delay before the next poll that the service requests. */
  Duration retryAfter() {
    return failure instanceof ApiException error
        ? error.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }
}
