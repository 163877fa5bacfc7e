package io.github.typedbcloud.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Remembers the newest requests and counts all. Safe for many threads. */
final class ReceivedRequests {

  static final int MAX_KEPT = 10_000;

  /** In characters. Keeps what is remembered small, whatever clients send. */
  private static final int MAX_TEXT = 1000;

  /** One request under way or done. The lock of the requests guards it. */
  final class Entry {
    private final ApiRequest request;
    private final Optional<Operation> operation;
    private boolean processed;
    private OptionalInt status = OptionalInt.empty();
    private String answer = "";

    private Entry(ApiRequest request, Optional<Operation> operation) {
      this.request = request;
      this.operation = operation;
    }

    void processed() {
      synchronized (ReceivedRequests.this) {
        processed = true;
      }
    }

    void answered(ApiResponse given) {
      boolean secret = operation.equals(Optional.of(Operation.EXCHANGE_TOKEN)) && !given.isJson();
      String text = secret ? "***" : given.start(MAX_TEXT);
      synchronized (ReceivedRequests.this) {
        status = OptionalInt.of(given.status());
        answer = text;
      }
    }
  }

  /** Oldest first. */
  private final Deque<Entry> kept = new ArrayDeque<>();

  private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
  private long count;

  /** Remembers a request that has just come; a call of null asks for nothing that there is. */
  synchronized Entry add(ApiRequest request, @Nullable Call call) {
    Optional<Operation> operation = Optional.ofNullable(call).map(Call::operation);
    String path = request.rawPath();
    ApiRequest remembered =
        // Without the header, which is a secret.
        new ApiRequest(request.method(), shortened(path), null, shortened(request.body()));
    Entry entry = new Entry(remembered, operation);
    kept.addLast(entry);
    if (kept.size() > MAX_KEPT) {
      kept.removeFirst();
    }
    count++;
    operation.ifPresent(known -> counts.merge(known, 1L, Long::sum));
    return entry;
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(MAX_TEXT, text.length()));
  }

  synchronized List<ReceivedRequest> all() {
    return kept.stream()
        .map(
            entry ->
                new ReceivedRequest(
                    entry.operation,
                    entry.request.method(),
                    entry.request.rawPath(),
                    entry.request.body(),
                    entry.processed,
                    entry.status,
                    entry.answer))
        .toList();
  }

  synchronized long count() {
    return count;
  }

  synchronized long count(Operation operation) {
    return counts.getOrDefault(operation, 0L);
  }

  synchronized void forget() {
    kept.clear();
    counts.clear();
    count = 0;
  }
}
