package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.model.WaitProgress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Brings the news from the thread that polls to the one that waits. It holds one for each poll. */
final class Mailbox implements Audience {

  /** What the thread that waits is to hear. */
  record News(PendingWait from, @Nullable WaitProgress progress, @Nullable WaitOutcome end) {}

  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();

  @Override
  public void hear(PendingWait wait, @Nullable WaitProgress progress, @Nullable WaitOutcome end) {
    news.add(new News(wait, progress, end));
  }

  /** The next news, as soon as there is one. */
  News take() throws InterruptedException {
    return news.take();
  }
}
