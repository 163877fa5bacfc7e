package io.github.typedbcloud.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two stages as one future that, unlike a dependent one, stops the stage that it is in. */
public final class Futures {

  private Futures() {}

  /**
   * A stage and the one that follows it.
   *
   * @param next begins the second stage with what came of the first
   * @return ends as the second stage does, or fails as the first one did; however it is completed
   *     before, the stage under way is cancelled and none is begun any more
   */
  public static <A, B extends @Nullable Object> CompletableFuture<B> of(
      CompletableFuture<A> first, Function<A, CompletableFuture<B>> next) {
    CompletableFuture<B> whole = new CompletableFuture<>();
    carry(first, whole, value -> carry(next.apply(value), whole, whole::complete));
    return whole;
  }

  /**
   * A stage whose result is made into another.
   *
   * @return as {@link #of}; cancelling it cancels the stage
   */
  public static <A, B extends @Nullable Object> CompletableFuture<B> mapped(
      CompletableFuture<A> first, Function<A, B> change) {
    CompletableFuture<B> whole = new CompletableFuture<>();
    carry(first, whole, value -> whole.complete(change.apply(value)));
    return whole;
  }

  /**
   * A stage, and another in its place when it fails in one way.
   *
   * @return as {@link #of}
   */
  public static <A> CompletableFuture<A> orElse(
      CompletableFuture<A> first,
      Class<? extends Throwable> failure,
      Supplier<CompletableFuture<A>> other) {
    CompletableFuture<A> whole = new CompletableFuture<>();
    CompletableFuture<?> unusedStop = whole.whenComplete((value, end) -> first.cancel(false));
    CompletableFuture<A> unusedCarry =
        first.whenComplete(
            (value, thrown) -> {
              if (thrown == null) {
                whole.complete(value);
              } else if (!failure.isInstance(thrown)) {
                whole.completeExceptionally(thrown);
              } else if (!whole.isDone()) {
                carry(other.get(), whole, whole::complete);
              }
            });
    return whole;
  }

  private static <A> void carry(
      CompletableFuture<A> stage, CompletableFuture<?> whole, Consumer<A> onValue) {
    CompletableFuture<?> unusedStop = whole.whenComplete((value, failure) -> stage.cancel(false));
    CompletableFuture<A> unusedCarry =
        stage.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                whole.completeExceptionally(failure);
              } else if (!whole.isDone()) {
                onValue.accept(value);
              }
            });
  }
}
