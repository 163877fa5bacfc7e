package io.github.typedbcloud.internal.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The service's clock when it answered, read when it is asked for, which is seldom. */
public interface ServerDate {

  /** An answer that does not tell, or none. */
  ServerDate UNKNOWN = new Unknown();

  /** To the second below; null when the service did not say. */
  @Nullable Instant instant();

  /** See {@link #UNKNOWN}. */
  record Unknown() implements ServerDate {
    @Override
    public @Nullable Instant instant() {
      return null;
    }
  }
}
