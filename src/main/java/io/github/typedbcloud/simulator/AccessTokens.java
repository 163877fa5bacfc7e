package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The access tokens that were issued, each until its lifetime ends. Thread-safe. */
final class AccessTokens {

  private record Issued(ApiToken owner, Duration expiresAt) {}

  private final TimeSource time;
  private final Duration lifetime;

  /** Oldest first. All have the same lifetime, so the expired ones are always in front. */
  private final Map<String, Issued> issued = new LinkedHashMap<>();

  private final AccessTokenText text = new AccessTokenText();

  AccessTokens(TimeSource time, Duration lifetime) {
    this.time = time;
    this.lifetime = lifetime;
  }

  synchronized String issue(ApiToken owner) {
    dropExpired();
    String token = text.next(time.now(), lifetime);
    issued.put(token, new Issued(owner, time.elapsed().plus(lifetime)));
    return token;
  }

  /** The API token for which this access token was issued; null when it is unknown or expired. */
  synchronized @Nullable ApiToken owner(String token) {
    dropExpired();
    Issued found = issued.get(token);
    return found == null ? null : found.owner();
  }

  synchronized void expire(String token) {
    issued.remove(token);
  }

  synchronized void expireAllOf(ApiToken owner) {
    issued.values().removeIf(token -> token.owner().equals(owner));
  }

  synchronized void expireAll() {
    issued.clear();
  }

  private void dropExpired() {
    Duration now = time.elapsed();
    Iterator<Issued> oldestFirst = issued.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().expiresAt().compareTo(now) <= 0) {
      oldestFirst.remove();
    }
  }
}
