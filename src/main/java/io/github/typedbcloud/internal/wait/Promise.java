package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.WaitProgress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A wait that holds no thread: its listener runs where the polls are made, its end elsewhere. */
final class Promise implements Audience {

  private final CompletableFuture<Optional<Cluster>> future = new CompletableFuture<>();
  private final PollPlan plan;
  private final Executor completions;

  /**
   * A promise.
   *
   * @param completions runs what the user has attached to the future, which must not hold up polls
   */
  Promise(PollPlan plan, Executor completions) {
    this.plan = plan;
    this.completions = completions;
  }

  CompletableFuture<Optional<Cluster>> future() {
    return future;
  }

  @Override
  public void hear(Wait wait, @Nullable WaitProgress progress, @Nullable End end) {
    try {
      if (progress != null && !future.isDone()) {
        plan.tell(progress);
      }
    } finally {
      if (end != null) {
        complete(wait, end);
      }
    }
  }

  private void complete(Wait wait, End end) {
    Runnable completion =
        () -> {
          if (end instanceof End.Reached reached) {
            future.complete(reached.found());
          } else {
            future.completeExceptionally(Party.of(wait).failure(wait, end));
          }
        };
    try {
      completions.execute(completion);
    } catch (RejectedExecutionException e) {
      // An executor that was shut down must not leave the future open for ever.
      completion.run();
    }
  }
}
