package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;

/**
 * The moment by which a call must have ended, over all its attempts and pauses. Used by one thread.
 *
 * <p>It runs on the machine's monotonic clock, which bounds real I/O, and takes the call's own
 * pauses by the client's source of time: a pause on a manual one takes no time of the machine and
 * is counted all the same, while other threads that sleep on it do not use up this call's time.
 */
public final class Deadline {

  private static final TimeSource MACHINE = TimeSource.system();

  /** On the machine's clock, in nanoseconds. */
  private long end;

  private Deadline(long end) {
    this.end = end;
  }

  public static Deadline after(Duration timeout) {
    return new Deadline(MACHINE.elapsedNanos() + timeout.toNanos());
  }

  /** What is left; zero or negative once it has passed. */
  public Duration remaining() {
    return Duration.ofNanos(end - MACHINE.elapsedNanos());
  }

  /** A deadline some time before this one. */
  public Deadline earlier(Duration by) {
    return new Deadline(end - by.toNanos());
  }

  /**
   * Pauses, on the given source of time.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  public void sleep(Duration pause, TimeSource time) throws InterruptedException {
    Duration begun = MACHINE.elapsed();
    time.sleep(pause);
    Duration uncounted = pause.minus(MACHINE.elapsed().minus(begun));
    if (!uncounted.isNegative()) {
      end -= uncounted.toNanos();
    }
  }
}
