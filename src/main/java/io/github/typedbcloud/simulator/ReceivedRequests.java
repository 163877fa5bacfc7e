package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.HttpRequest;
import io.github.typedbcloud.internal.httpserver.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Keeps the newest requests and counts all. Thread-safe. */
final class ReceivedRequests {

  static final int MAX_KEPT = 10_000;

  /** In characters; bounds the memory, whatever clients send. */
  private static final int MAX_TEXT = 1000;

  /** One request, in progress or processed. Guarded by the lock of the outer class. */
  final class Entry {
    private final HttpRequest request;
    private final Optional<Operation> operation;
    private boolean processed;
    private OptionalInt status = OptionalInt.empty();
    private String response = "";

    private Entry(HttpRequest request, Optional<Operation> operation) {
      this.request = request;
      this.operation = operation;
    }

    void processed() {
      synchronized (ReceivedRequests.this) {
        processed = true;
      }
    }

    void responded(HttpResponse sent) {
      boolean secret = operation.equals(Optional.of(Operation.EXCHANGE_TOKEN)) && !sent.isJson();
      String text = secret ? "***" : sent.excerpt(MAX_TEXT);
      synchronized (ReceivedRequests.this) {
        status = OptionalInt.of(sent.status());
        response = text;
      }
    }
  }

  /** Oldest first. */
  private final Deque<Entry> entries = new ArrayDeque<>();

  private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
  private long count;

  /** Adds a new request; the call is null for an unknown operation. */
  synchronized Entry add(HttpRequest request, @Nullable Call call) {
    Optional<Operation> operation = Optional.ofNullable(call).map(Call::operation);
    String path = request.path();
    // Without the headers, which hold secrets.
    HttpRequest kept =
        new HttpRequest(
            request.method(),
            shortened(path),
            "",
            Map.of(),
            shortened(request.body()),
            false,
            false);
    Entry entry = new Entry(kept, operation);
    entries.addLast(entry);
    if (entries.size() > MAX_KEPT) {
      entries.removeFirst();
    }
    count++;
    operation.ifPresent(known -> counts.merge(known, 1L, Long::sum));
    return entry;
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(MAX_TEXT, text.length()));
  }

  synchronized List<ReceivedRequest> all() {
    return entries.stream()
        .map(
            entry ->
                new ReceivedRequest(
                    entry.operation,
                    entry.request.method(),
                    entry.request.path(),
                    entry.request.body(),
                    entry.processed,
                    entry.status,
                    entry.response))
        .toList();
  }

  synchronized long count() {
    return count;
  }

  synchronized long count(Operation operation) {
    return counts.getOrDefault(operation, 0L);
  }

  synchronized void clear() {
    entries.clear();
    counts.clear();
    count = 0;
  }
}
