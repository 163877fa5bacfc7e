package io.github.typedbcloud.internal.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The {@code Date} header of a response, which is parsed when it is needed, and that is seldom. */
@FunctionalInterface
public interface ServerDate {

  /** No date. */
  ServerDate UNKNOWN = new Unknown();

  /** The date, rounded down to the second; null when there is none. */
  @Nullable Instant instant();

  /** A class and no lambda, which costs a start more. */
  record Unknown() implements ServerDate {
    @Override
    public @Nullable Instant instant() {
      return null;
    }
  }
}
