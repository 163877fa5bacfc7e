package io.github.typedbcloud.cli;

import io.github.typedbcloud.simulator.ReceivedRequest;
import java.time.temporal.ChronoUnit;

/** The access log of a simulator. */
final class AccessLog {

  private AccessLog() {}

  /**
   * One line for a request: when it was received, its method and path, the status code of the
   * response, how long it took, and the faults that were applied. A hyphen stands for a request
   * that is not valid HTTP, and for a response that was lost.
   */
  static String line(ReceivedRequest request) {
    return "%s %s %s %s %d ms%s"
        .formatted(
            request.receivedAt().truncatedTo(ChronoUnit.MILLIS),
            request.method().isEmpty() ? "-" : request.method(),
            request.path().isEmpty() ? "-" : request.path(),
            request.status().isPresent() ? request.status().getAsInt() : "-",
            request.duration().map(duration -> duration.toMillis()).orElse(0L),
            request.faults().isEmpty() ? "" : " " + request.faults());
  }
}
