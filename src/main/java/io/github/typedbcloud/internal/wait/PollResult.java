package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.internal.api.StatusRule;
import io.github.typedbcloud.internal.api.TransportRule;
import io.github.typedbcloud.internal.http.Deadline;
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

  private static final int NOT_FOUND = 404;

  /**
   * Polls: one cluster when only one is awaited, else all of the scope.
   *
   * @param ids of the awaited clusters
   * @param mustConfirm those whose absence is confirmed by a second, direct read
   */
  static PollResult poll(
      PollSource source, Set<String> ids, Set<String> mustConfirm, Duration timeout) {
    Map<String, Cluster> clusters = new HashMap<>();
    Deadline deadline = Deadline.after(timeout);
    try {
      if (ids.size() == 1) {
        String id = ids.iterator().next();
        source.find(id, timeout).ifPresent(cluster -> clusters.put(id, cluster));
      } else {
        for (Cluster cluster : source.list(timeout)) {
          clusters.putIfAbsent(cluster.id(), cluster);
        }
      }
      for (String id : mustConfirm) {
        if (!clusters.containsKey(id)) {
          source.find(id, deadline.remaining()).ifPresent(cluster -> clusters.put(id, cluster));
        }
      }
    } catch (Throwable e) {
      // The waiting callers must get any failure.
      return new PollResult(Map.of(), e);
    }
    return new PollResult(clusters, null);
  }

  Optional<Cluster> find(String id) {
    return Optional.ofNullable(clusters.get(id));
  }

  /**
   * The failure when another poll may succeed; else null.
   *
   * @param wasReached whether a poll before got a response, so that the base URL is right
   */
  @Nullable TypeDBCloudException transientFailure(boolean wasReached) {
    if (failure instanceof ApiException error) {
      // Not of a token exchange, which no other poll would change.
      boolean isOfGateway =
          error.status() == NOT_FOUND
              && !(error instanceof NotFoundException)
              && !error.call().operation().equals(Operation.EXCHANGE_TOKEN.title());
      return isOfGateway || StatusRule.of(error.status()).kind().isTransient() ? error : null;
    }
    if (failure instanceof TransportException error) {
      return TransportRule.endsWait(error.reason(), wasReached) ? null : error;
    }
    return failure instanceof UnreadableResponseException error
            && !TransportRule.isLinkage(error.getCause())
        ? error
        : null;
  }

  /** Whether anything responded. */
  boolean isResponse() {
    return !(failure instanceof TransportException);
  }

  /** The delay before the next poll that the service requests. */
  Duration retryAfter() {
    return failure instanceof ApiException error
        ? error.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }
}
