package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The access tokens that were issued, each until its lifetime ends. Thread-safe. */
final class AccessTokens {

  private record Issued(String token, ApiToken owner, Duration expiresAt) {}

  private final TimeSource time;
  private final Supplier<Duration> defaultLifetime;

  /** By the access token itself. */
  private final Map<String, Issued> issued = new HashMap<>();

  /** The same, next to expire first. */
  private final Queue<Issued> byExpiry =
      new PriorityQueue<>(Comparator.comparing(Issued::expiresAt));

  private final AccessTokenText text = new AccessTokenText();

  /**
   * Creates an empty set.
   *
   * @param defaultLifetime of access tokens whose API token has none of its own
   */
  AccessTokens(TimeSource time, Supplier<Duration> defaultLifetime) {
    this.time = time;
    this.defaultLifetime = defaultLifetime;
  }

  synchronized String issue(ApiToken owner) {
    dropExpired();
    Duration own = owner.accessTokenLifetime();
    Duration lifetime = own == null ? defaultLifetime.get() : own;
    String token = text.next(time.now(), lifetime);
    Issued added = new Issued(token, owner, time.elapsed().plus(lifetime));
    issued.put(token, added);
    byExpiry.add(added);
    return token;
  }

  /** The API token for which this access token was issued; null when it is unknown or expired. */
  synchronized @Nullable ApiToken owner(String token) {
    dropExpired();
    Issued found = issued.get(token);
    return found == null ? null : found.owner();
  }

  /** How many access tokens of a client ID are valid. */
  synchronized int count(String clientId) {
    dropExpired();
    return (int)
        issued.values().stream().filter(token -> token.owner().clientId().equals(clientId)).count();
  }

  synchronized void expire(String token) {
    Issued found = issued.remove(token);
    if (found != null) {
      byExpiry.remove(found);
    }
  }

  /** Expires those whose API token matches, and returns whether there were any valid ones. */
  synchronized boolean expireIf(Predicate<ApiToken> owner) {
    dropExpired();
    byExpiry.removeIf(token -> owner.test(token.owner()));
    return issued.values().removeIf(token -> owner.test(token.owner()));
  }

  private void dropExpired() {
    Duration now = time.elapsed();
    Issued next = byExpiry.peek();
    while (next != null && next.expiresAt().compareTo(now) <= 0) {
      byExpiry.remove();
      issued.remove(next.token());
      next = byExpiry.peek();
    }
  }
}
