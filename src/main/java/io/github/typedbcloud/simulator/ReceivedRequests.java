package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.HttpRequest;
import io.github.typedbcloud.internal.httpserver.HttpResponse;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest requests, counts all, and notifies the listener. Thread-safe. */
final class ReceivedRequests {

  private static final Logger LOG = LoggerFactory.getLogger(ReceivedRequests.class);

  static final int MAX_KEPT = 10_000;

  /** In characters; bounds the memory, whatever clients send. */
  private static final int MAX_TEXT = 1000;

  /** In characters, for all headers of a request with their names. */
  private static final int MAX_HEADERS = 4000;

  /** The most bytes of UTF-8 for one character of a string. */
  private static final int MAX_BYTES_OF_CHARACTER = 3;

  /** For durations, which clients measure by the system clock as well. */
  private static final TimeSource STOPWATCH = TimeSource.system();

  /** One request, in progress or completed. */
  final class Entry {
    /** Assigned when it is added, before any other thread sees it. */
    private long number;

    private final long began = STOPWATCH.elapsedNanos();
    private final Instant receivedAt;
    private final Secrets secrets;
    private final Optional<Operation> operation;
    private final String apiVersion;
    private final String method;
    private final String path;
    private final String clusterId;
    private final Map<String, String> headers;
    private final String body;
    private boolean processed;
    private OptionalInt status = OptionalInt.empty();
    private String response = "";
    private List<String> faults = List.of();
    private Optional<Duration> duration = Optional.empty();

    private Entry(HttpRequest request, @Nullable Call call, Secrets known) {
      this.receivedAt = wallClock();
      this.secrets = known.with(request.authorization());
      this.operation = Optional.ofNullable(call).map(Call::operation);
      this.apiVersion = call == null ? "" : JsonNames.of(call.apiVersion());
      this.method = masked(request.method());
      this.path = masked(request.path());
      this.clusterId = call == null ? "" : masked(call.clusterId());
      this.headers = masked(request.headers());
      this.body = masked(request.body());
    }

    synchronized void processed() {
      processed = true;
    }

    synchronized void faults(List<String> descriptions) {
      faults = descriptions;
    }

    void responded(HttpResponse sent) {
      boolean secret = operation.equals(Optional.of(Operation.EXCHANGE_TOKEN)) && !sent.isJson();
      int bytes = MAX_BYTES_OF_CHARACTER * secrets.charactersFor(MAX_TEXT);
      String text = secret ? Secrets.MASK : masked(sent.excerpt(bytes));
      synchronized (this) {
        status = OptionalInt.of(sent.status());
        response = text;
      }
    }

    /** Ends the request, with or without a response, and notifies the listener. */
    void completed() {
      synchronized (this) {
        duration = Optional.of(Duration.ofNanos(STOPWATCH.elapsedNanos() - began));
      }
      if (listener != null) {
        notifyListener(listener, received());
      }
    }

    private synchronized ReceivedRequest received() {
      return new ReceivedRequest(
          number,
          receivedAt,
          operation,
          apiVersion,
          method,
          path,
          clusterId,
          headers,
          body,
          processed,
          status,
          response,
          faults,
          duration);
    }

    private String masked(String text) {
      return secrets.mask(text, MAX_TEXT);
    }

    private Map<String, String> masked(Map<String, List<String>> all) {
      Map<String, String> kept = new TreeMap<>();
      int length = 0;
      for (Map.Entry<String, List<String>> header : all.entrySet()) {
        String name = header.getKey();
        String value =
            Secrets.isSecretHeader(name)
                ? Secrets.MASK
                : masked(String.join(", ", header.getValue()));
        length += name.length() + value.length();
        if (length <= MAX_HEADERS) {
          kept.put(name, value);
        }
      }
      return kept;
    }
  }

  private final TimeSource clock;
  private final @Nullable Consumer<ReceivedRequest> listener;

  /** Oldest first. */
  private final Deque<Entry> entries = new ArrayDeque<>();

  private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
  private long count;

  /**
   * Creates an empty journal.
   *
   * @param listener notified of each completed request, on its thread; null for none
   */
  ReceivedRequests(TimeSource clock, @Nullable Consumer<ReceivedRequest> listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Adds a new request.
   *
   * @param call null for an unknown operation
   * @param secrets of the API tokens
   */
  Entry add(HttpRequest request, @Nullable Call call, Secrets secrets) {
    Entry entry = new Entry(request, call, secrets);
    synchronized (this) {
      count++;
      entry.number = count;
      entry.operation.ifPresent(known -> counts.merge(known, 1L, Long::sum));
      entries.addLast(entry);
      if (entries.size() > MAX_KEPT) {
        entries.removeFirst();
      }
    }
    return entry;
  }

  /** Notifies the listener of a request that is not valid HTTP, of which nothing is known. */
  void rejected(HttpResponse response, Secrets secrets) {
    if (listener != null) {
      ReceivedRequest request =
          new ReceivedRequest(
              0,
              wallClock(),
              Optional.empty(),
              "",
              "",
              "",
              "",
              Map.of(),
              "",
              false,
              OptionalInt.of(response.status()),
              secrets.mask(response.excerpt(MAX_TEXT), MAX_TEXT),
              List.of(),
              Optional.of(Duration.ZERO));
      notifyListener(listener, request);
    }
  }

  List<ReceivedRequest> all() {
    List<Entry> kept;
    synchronized (this) {
      kept = new ArrayList<>(entries);
    }
    return kept.stream().map(Entry::received).toList();
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

  private static void notifyListener(Consumer<ReceivedRequest> listener, ReceivedRequest request) {
    try {
      listener.accept(request);
    } catch (RuntimeException | Error e) {
      LOG.warn("The request listener failed on {} {}", request.method(), request.path(), e);
    }
  }

  private Instant wallClock() {
    try {
      return clock.now();
    } catch (RuntimeException e) {
      LOG.debug("The source of time has no date", e);
      return Instant.EPOCH;
    }
  }
}
