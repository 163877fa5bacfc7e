package io.github.typedbcloud.junit;

import io.github.typedbcloud.time.ManualTime;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Advances a manual clock with real time whenever nothing else advances it for a while, so that
 * clusters also change for a client that sleeps in real time. A client that shares the clock
 * advances it itself. Thread-safe.
 */
final class RealTimeProgress implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(50);

  /** How long the manual clock stands still before it is advanced. */
  private static final Duration STANDSTILL = Duration.ofMillis(200);

  private final ReentrantLock lock = new ReentrantLock();
  private final TimeSource real = TimeSource.system();
  private final ManualTime manual;
  private @Nullable Thread thread;
  private boolean closed;

  RealTimeProgress(ManualTime manual) {
    this.manual = manual;
  }

  /** Starts; a second call does nothing. */
  void start() {
    lock.lock();
    try {
      if (thread == null && !closed) {
        // Without the inheritable thread-locals of the test that happens to be first.
        Thread started = new Thread(null, this::run, "typedb-cloud-test-clock", 0, false);
        started.setDaemon(true);
        started.start();
        thread = started;
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Duration lastManual = manual.elapsed();
    Duration lastReal = real.elapsed();
    try {
      while (true) {
        real.sleep(TICK);
        Duration stillFor = real.elapsed().minus(lastReal);
        if (!manual.elapsed().equals(lastManual)) {
          lastReal = real.elapsed();
        } else if (stillFor.compareTo(STANDSTILL) >= 0) {
          manual.advance(stillFor);
          lastReal = lastReal.plus(stillFor);
        }
        lastManual = manual.elapsed();
      }
    } catch (InterruptedException e) {
      // The test ended.
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
