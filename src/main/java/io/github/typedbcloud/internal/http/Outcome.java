package io.github.typedbcloud.internal.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to. Every attempt has exactly one, and {@link Judge} alone decides which.
 *
 * @param <T> what a success holds
 */
public sealed interface Outcome<T> {

  /**
   * The service did what was asked, and its answer could be read.
   *
   * @param serviceTime the service's clock when it answered, to the second below; null when it did
   *     not say
   */
  record Succeeded<T>(T value, @Nullable Instant serviceTime) implements Outcome<T> {}

  /** Anything else. */
  record Failed<T>(Failure failure) implements Outcome<T> {}
}
