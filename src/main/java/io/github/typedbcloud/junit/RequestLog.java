package io.github.typedbcloud.junit;

import io.github.typedbcloud.simulator.FaultRule;
import io.github.typedbcloud.simulator.ReceivedRequest;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a simulator received in a test that failed, and its fault rules. */
final class RequestLog {

  /** Of the requests, and of the fault rules. */
  static final int MAX_LINES = 100;

  /** Of one request with its response. */
  static final int MAX_CHARACTERS = 500;

  /** Consecutive requests that differ in their times only. */
  private record Group(ReceivedRequest first, ReceivedRequest last, long count) {

    boolean canAdd(ReceivedRequest next) {
      return next.toString().equals(first.toString()) && next.faults().equals(first.faults());
    }

    Group and(ReceivedRequest next) {
      return new Group(first, next, count + 1);
    }

    String line(Instant start) {
      String times =
          seconds(start, first)
              + (count == 1 ? "" : " to %s, %s times".formatted(seconds(start, last), count));
      return times
          + ": "
          + inOneLine(first.toString())
          + (first.faults().isEmpty() ? "" : " with " + String.join(" and ", first.faults()));
    }

    private static String seconds(Instant start, ReceivedRequest request) {
      Duration since = Duration.between(start, request.receivedAt());
      return String.format(Locale.ROOT, "%.1f s", since.toMillis() / 1000.0);
    }
  }

  private RequestLog() {}

  /** Prints the log to the standard error, without secrets, if the test failed. */
  static void printOnFailure(ExtensionContext context, TypeDBCloudSimulator simulator) {
    if (context.getExecutionException().isPresent()) {
      String test = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
      System.err.println(of(test, simulator));
    }
  }

  static String of(String test, TypeDBCloudSimulator simulator) {
    List<ReceivedRequest> received = simulator.received();
    return "Requests of %s to %s, at the time since the first:%s%nFault rules:%s"
        .formatted(
            test,
            simulator.url(),
            newest(requests(received)),
            newest(simulator.faults().rules().stream().map(RequestLog::line).toList()));
  }

  private static List<String> requests(List<ReceivedRequest> received) {
    List<Group> groups = new ArrayList<>();
    for (ReceivedRequest request : received) {
      int last = groups.size() - 1;
      if (last >= 0 && groups.get(last).canAdd(request)) {
        groups.set(last, groups.get(last).and(request));
      } else {
        groups.add(new Group(request, request, 1));
      }
    }
    return groups.stream().map(group -> group.line(received.get(0).receivedAt())).toList();
  }

  private static String line(FaultRule rule) {
    OptionalLong remaining = rule.remaining();
    return "%s: happened %s, %s"
        .formatted(
            inOneLine(rule.description()),
            rule.occurrences() == 1 ? "once" : rule.occurrences() + " times",
            remaining.isEmpty()
                ? "active"
                : remaining.getAsLong() == 0 ? "ended" : remaining.getAsLong() + " left");
  }

  private static String newest(List<String> lines) {
    int omitted = Math.max(0, lines.size() - MAX_LINES);
    if (lines.isEmpty()) {
      return " none";
    }
    return (omitted == 0 ? "" : "%n  … %s lines before".formatted(omitted))
        + lines.stream()
            .skip(omitted)
            .map(line -> System.lineSeparator() + "  " + line)
            .collect(Collectors.joining());
  }

  private static String inOneLine(String text) {
    String line = text.replaceAll("\\R", " ");
    return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "…";
  }
}
