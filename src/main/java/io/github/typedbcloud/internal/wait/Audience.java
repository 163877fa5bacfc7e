package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.model.WaitProgress;
import org.jspecify.annotations.Nullable;

/** Whoever waits, as the thread that polls sees it. */
@FunctionalInterface
interface Audience {

  /**
   * Hears of a poll, of the end, or of both. Called without a lock, on the thread that polls; when
   * the client is closed, on the one that closes it, and then a poll may still come after the end.
   *
   * @param progress null when the wait ends without a poll
   * @param end null while the wait goes on
   */
  void hear(PendingWait wait, @Nullable WaitProgress progress, @Nullable WaitOutcome end);
}
