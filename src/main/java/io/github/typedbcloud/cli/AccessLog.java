package io.github.typedbcloud.cli;

import io.github.typedbcloud.simulator.ReceivedRequest;
import java.io.PrintStream;
import java.time.Duration;

/** Prints a line for each request, without secrets and without bodies. Thread-safe. */
final class AccessLog {

  private final PrintStream out;

  AccessLog(PrintStream out) {
    this.out = out;
  }

  /** Time, method, path, status code, duration and faults; a hyphen for what there is not. */
  void print(ReceivedRequest request) {
    String status = request.status().isPresent() ? "" + request.status().getAsInt() : "-";
    String duration =
        request.duration().map(Duration::toMillis).map(millis -> millis + "ms").orElse("-");
    String faults = request.faults().isEmpty() ? "" : " " + request.faults();
    out.println(
        "%s %s %s %s %s%s"
            .formatted(
                request.receivedAt(),
                request.method().isEmpty() ? "-" : request.method(),
                request.path().isEmpty() ? "-" : request.path(),
                status,
                duration,
                faults));
  }
}
