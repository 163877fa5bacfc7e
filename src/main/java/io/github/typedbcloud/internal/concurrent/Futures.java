package io.github.typedbcloud.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chains stages into one future whose cancellation, unlike that of a dependent future, cancels the
 * current stage.
 */
public final class Futures {

  private Futures() {}

  /**
   * A stage, and the stage that follows it.
   *
   * @param next starts the second stage with the result of the first
   * @return completes as the second stage does, or fails as the first did; when it is completed
   *     before, the current stage is cancelled and no other is started
   */
  public static <A, B extends @Nullable Object> CompletableFuture<B> chain(
      CompletableFuture<A> first, Function<A, CompletableFuture<B>> next) {
    CompletableFuture<B> whole = new CompletableFuture<>();
    propagate(first, whole, value -> propagate(next.apply(value), whole, whole::complete));
    return whole;
  }

  /**
   * A stage with a transformed result.
   *
   * @return as {@link #chain}
   */
  public static <A, B extends @Nullable Object> CompletableFuture<B> map(
      CompletableFuture<A> first, Function<A, B> change) {
    CompletableFuture<B> whole = new CompletableFuture<>();
    propagate(first, whole, value -> whole.complete(change.apply(value)));
    return whole;
  }

  /**
   * A stage, and another result in its place when it fails with an exception of a type.
   *
   * @return as {@link #chain}
   */
  public static <A, E extends Throwable> CompletableFuture<A> recover(
      CompletableFuture<A> first, Class<E> failure, Function<E, A> other) {
    CompletableFuture<A> whole = new CompletableFuture<>();
    CompletableFuture<?> unusedStop = whole.whenComplete((value, end) -> first.cancel(false));
    CompletableFuture<A> unusedPropagate =
        first.whenComplete(
            (value, thrown) -> {
              if (thrown == null) {
                whole.complete(value);
              } else if (!failure.isInstance(thrown)) {
                whole.completeExceptionally(thrown);
              } else {
                proceed(whole, () -> whole.complete(other.apply(failure.cast(thrown))));
              }
            });
    return whole;
  }

  private static <A> void propagate(
      CompletableFuture<A> stage, CompletableFuture<?> whole, Consumer<A> onValue) {
    CompletableFuture<?> unusedStop = whole.whenComplete((value, failure) -> stage.cancel(false));
    CompletableFuture<A> unusedPropagate =
        stage.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                whole.completeExceptionally(failure);
              } else {
                proceed(whole, () -> onValue.accept(value));
              }
            });
  }

  /** Continues, unless nobody waits any more. */
  private static void proceed(CompletableFuture<?> whole, Runnable step) {
    if (whole.isDone()) {
      return;
    }
    try {
      step.run();
    } catch (Throwable e) {
      // A dependent stage would swallow it, and the future would never be completed.
      whole.completeExceptionally(e);
    }
  }
}
