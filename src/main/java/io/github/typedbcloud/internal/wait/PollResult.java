package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of one poll.
 *
 * @param clusters those that are there, by ID; none when the poll failed
 * @param failure why it failed; null when it did not
 */
record PollResult(Map<String, Cluster> clusters, @Nullable Throwable failure) {

  /** Asks for one cluster alone when nobody waits for another. */
  static PollResult of(PollSource reads, Set<String> ids, Duration timeout) {
    Map<String, Cluster> clusters = new HashMap<>();
    try {
      if (ids.size() == 1) {
        String id = ids.iterator().next();
        reads.find(id, timeout).ifPresent(cluster -> clusters.put(id, cluster));
      } else {
        for (Cluster cluster : reads.list(timeout)) {
          clusters.putIfAbsent(cluster.id(), cluster);
        }
      }
    } catch (NotFoundException e) {
      // The project or space is gone, and all that was in it.
      return new PollResult(Map.of(), null);
    } catch (Throwable e) {
      // Whatever it is, those who wait must hear of it, for nobody else can.
      return new PollResult(Map.of(), e);
    }
    return new PollResult(clusters, null);
  }

  Optional<Cluster> find(String id) {
    return Optional.ofNullable(clusters.get(id));
  }

  /** Why it failed, when another poll may succeed; else null. */
  @Nullable TypeDBCloudException passingFailure() {
    if (failure instanceof ApiException refusal) {
      return switch (refusal.status()) {
        case 408, 425, 429 -> refusal;
        default -> refusal.status() >= 500 ? refusal : null;
      };
    }
    return failure instanceof TransportException || failure instanceof UnreadableResponseException
        ? (TypeDBCloudException) failure
        : null;
  }

  /** How long the service asks not to be polled. */
  Duration pause() {
    return failure instanceof ApiException refusal
        ? refusal.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }
}
