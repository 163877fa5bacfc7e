package io.github.typedbcloud.spring;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lists the clusters with one attempt of at most five seconds, and at most every ten seconds,
 * however often and from however many threads it is asked. Thread-safe.
 */
final class HealthCheck {

  private static final RequestOptions OPTIONS =
      RequestOptions.builder().deadline(Duration.ofSeconds(5)).maxAttempts(1).build();

  private static final Duration MAX_AGE = Duration.ofSeconds(10);

  /**
   * The result of a check.
   *
   * @param clusters the number of clusters; 0 when it failed
   * @param failure why it failed, without secrets; null when it succeeded
   * @param at when, by the monotonic clock
   */
  record Result(int clusters, @Nullable String failure, Duration at) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final ClustersApi clusters;
  private final TimeSource time;
  private @Nullable Result last;

  HealthCheck(ClustersApi clusters, TimeSource time) {
    this.clusters = clusters;
    this.time = time;
  }

  /** The result of a new check, or of the last one if that is recent. */
  Result result() {
    lock.lock();
    try {
      Result recent = last;
      if (recent == null || time.elapsed().minus(recent.at()).compareTo(MAX_AGE) >= 0) {
        recent = check();
        last = recent;
      }
      return recent;
    } finally {
      lock.unlock();
    }
  }

  private Result check() {
    try {
      int count = clusters.with(OPTIONS).list().size();
      return new Result(count, null, time.elapsed());
    } catch (RuntimeException e) {
      return new Result(0, String.valueOf(e.getMessage()), time.elapsed());
    }
  }
}
