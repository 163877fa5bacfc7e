package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.WaitProgress;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Waits that hold no thread: their news is heard on an executor, one after the other, so that
 * neither the listener nor what is attached to the future holds up the polls.
 */
final class Promise implements Audience {

  private final CompletableFuture<List<Optional<Cluster>>> future = new CompletableFuture<>();
  private final List<WaitTarget> goals;
  private final PollSchedule plan;
  private final Executor executor;
  private final WaitGroup party;

  private final Queue<Mailbox.News> news = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unheard = new AtomicInteger();

  /** Counted down by whoever hears, which is one thread after the other. */
  private int pending;

  /**
   * A promise.
   *
   * @param goals one or more
   * @param party makes the waits, which tell this promise
   */
  Promise(
      List<WaitTarget> goals,
      PollSchedule plan,
      Executor executor,
      Function<Audience, WaitGroup> party) {
    this.goals = goals;
    this.plan = plan;
    this.executor = executor;
    this.party = party.apply(this);
    this.pending = this.party.waits().size();
  }

  CompletableFuture<List<Optional<Cluster>>> future() {
    return future;
  }

  WaitGroup party() {
    return party;
  }

  @Override
  public void hear(PendingWait wait, @Nullable WaitProgress progress, @Nullable WaitOutcome end) {
    if (end instanceof WaitOutcome.Closed) {
      // At once: the executor may be busy for long.
      future.completeExceptionally(party.failure(wait, end));
    } else if (end != null || plan.isListenedTo()) {
      news.add(new Mailbox.News(wait, progress, end));
      if (unheard.getAndIncrement() == 0) {
        hearSoon();
      }
    }
  }

  private void hearSoon() {
    try {
      executor.execute(this::hearAll);
    } catch (RejectedExecutionException e) {
      // An executor that was shut down must not leave the future open for ever.
      hearAll();
    }
  }

  private void hearAll() {
    do {
      hear(news.remove());
    } while (unheard.decrementAndGet() > 0);
  }

  private void hear(Mailbox.News next) {
    if (future.isDone()) {
      return;
    }
    try {
      if (next.progress() != null) {
        plan.tell(next.progress());
      }
    } catch (Error e) {
      future.completeExceptionally(e);
    }
    if (next.end() instanceof WaitOutcome.Reached) {
      pending--;
      if (pending == 0) {
        future.complete(goals.stream().map(party::found).toList());
      }
    } else if (next.end() != null) {
      future.completeExceptionally(party.failure(next.from(), next.end()));
    }
  }
}
