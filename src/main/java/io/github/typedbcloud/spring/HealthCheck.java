package io.github.typedbcloud.spring;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lists the clusters with one attempt of at most five seconds, and at most every ten seconds,
 * however often and from however many threads it is asked. Thread-safe.
 */
final class HealthCheck {

  private static final RequestOptions OPTIONS =
      RequestOptions.builder().deadline(Duration.ofSeconds(5)).maxAttempts(1).build();

  private static final String REASON = "reason";

  private static final Duration MAX_AGE = Duration.ofSeconds(10);

  /** Named as Spring Boot's own. */
  enum Status {
    UP,
    DOWN,
    /** The clusters are those of a test: a mock, or a stub that does not list. */
    UNKNOWN
  }

  /**
   * The result of a check.
   *
   * @param detail the name of the value: {@code clusters}, or {@code reason}
   * @param value the number of clusters, or why there is none, without secrets
   * @param at when, by the monotonic clock
   */
  record Result(Status status, String detail, Object value, Duration at) {}

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
      ClustersApi limited = clusters.with(OPTIONS);
      List<Cluster> list = limited == null ? null : limited.list();
      return list == null
          ? result(Status.UNKNOWN, REASON, "the ClustersApi bean returns null, as a mock does")
          : result(Status.UP, "clusters", list.size());
    } catch (UnsupportedOperationException e) {
      return result(Status.UNKNOWN, REASON, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return result(Status.DOWN, REASON, String.valueOf(e.getMessage()));
    }
  }

  private Result result(Status status, String detail, Object value) {
    return new Result(status, detail, value, time.elapsed());
  }
}
