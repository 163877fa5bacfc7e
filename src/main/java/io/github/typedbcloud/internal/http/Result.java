package io.github.typedbcloud.internal.http;

/**
 * What one attempt came to. Every attempt has exactly one, and {@link ResponseClassifier} alone
 * decides which.
 *
 * @param <T> what a success holds
 */
public sealed interface Result<T> {

  /**
   * The service did what was asked, and its answer could be read.
   *
   * @param serviceTime the service's clock when it answered
   */
  record Succeeded<T>(T value, ServerDate serviceTime) implements Result<T> {}

  /** Anything else. */
  record Failed<T>(Failure failure) implements Result<T> {}
}
