package io.github.typedbcloud.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.fuzz.Exchange.Operation;
import io.github.typedbcloud.fuzz.Exchange.Step;
import io.github.typedbcloud.fuzz.RawServer.Received;
import io.github.typedbcloud.fuzz.ScriptedResponse.Ending;
import io.github.typedbcloud.fuzz.ScriptedResponse.Validity;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must hold of each exchange, whatever the service sends. */
final class ExchangeOracle {

  private static final int MAX_MESSAGE = 8_000;

  private static final int MAX_ATTEMPTS_WITH_RENEWALS = 2 * ExchangeFuzzTest.MAX_ATTEMPTS;

  private static final Duration SLACK = Duration.ofSeconds(3);

  /** Of the calling thread, for a call that gets next to nothing. */
  private static final long FREE_BYTES = 8L * 1024 * 1024;

  /** How many bytes the calling thread may allocate for each byte that was sent to it. */
  private static final long BYTES_PER_BYTE = 60;

  /** A decompressed body is bounded by this alone, and is copied once. */
  private static final long FOR_EXPANSION = 2 * TypeDBCloudClient.DEFAULT_MAX_RESPONSE_BYTES;

  /** Of a secret, that must not be shown. */
  private static final int SECRET_CHARACTERS = 8;

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]");

  private static final Pattern TOKEN = Pattern.compile("Bearer (Tk[0-9a-f]+Zz)");

  private static final Pattern NOT_PROCESSED = Pattern.compile(" \\+?(401|425|429)");

  private static final Pattern TRACE = Pattern.compile("trace-(\\d+)-\\d+");

  /**
   * How a call ended.
   *
   * @param value what it returned; null when it threw
   * @param thrown what it threw; null when it returned
   * @param allocated by the calling thread, in bytes
   */
  record Ended(Object value, Throwable thrown, Duration duration, long allocated) {}

  private ExchangeOracle() {}

  /** Reports each rule that does not hold. */
  static void check(
      Exchange exchange, Ended ended, long number, Duration deadline, Consumer<String> report) {
    if (ended.thrown() == null) {
      checkValue(exchange, ended.value(), number, report);
    } else if (ended.thrown() instanceof TypeDBCloudException thrown) {
      checkMessages(exchange, thrown, report);
      checkNothingSent(exchange, thrown, report);
      checkNotTooStrict(exchange, thrown, report);
    } else {
      report.accept("threw " + ended.thrown().getClass().getName() + ": " + ended.thrown());
    }
    checkWrites(exchange, report);
    if (ended.duration().compareTo(deadline.plus(SLACK)) > 0) {
      report.accept("took longer than the deadline: " + ended.duration());
    }
    boolean isCompressed =
        exchange.steps().stream()
            .anyMatch(
                step ->
                    step.response() != null
                        && contains(step.response().bytes(), "Content-Encoding"));
    long bound =
        FREE_BYTES + BYTES_PER_BYTE * exchange.bytesSent() + (isCompressed ? FOR_EXPANSION : 0);
    if (ended.allocated() > bound) {
      report.accept(
          "allocated too much: %s bytes for %s".formatted(ended.allocated(), exchange.bytesSent()));
    }
  }

  // Values

  private static void checkValue(
      Exchange exchange, Object value, long number, Consumer<String> report) {
    List<String> traces = new ArrayList<>();
    if (value instanceof Cluster cluster) {
      checkCluster(exchange, cluster, traces, report);
    } else if (value instanceof Optional<?> found) {
      if (found.isPresent()) {
        checkCluster(exchange, (Cluster) found.get(), traces, report);
      } else if (!exchange.isAnyResponse(Validity.UNKNOWN) && !isAbsenceShown(exchange)) {
        report.accept("found nothing without a documented 404");
      }
    } else {
      for (Object element : (List<?>) value) {
        traces.add(element instanceof Cluster cluster ? trace(cluster) : (String) element);
      }
      traces.remove("3.0.6");
    }
    for (String trace : traces) {
      checkTrace(exchange, trace, number, report);
    }
  }

  private static void checkCluster(
      Exchange exchange, Cluster cluster, List<String> traces, Consumer<String> report) {
    if (!cluster.id().equals(Exchange.ID)) {
      report.accept("returned another cluster: " + cluster.id());
    }
    if (exchange.operation() == Operation.DESTROY && trace(cluster).isEmpty()) {
      // Verified by its absence.
      if (!exchange.isAnyResponse(Validity.UNKNOWN) && !isAbsenceShown(exchange)) {
        report.accept("destroyed without a documented 404");
      }
    } else {
      traces.add(trace(cluster));
    }
  }

  private static boolean isAbsenceShown(Exchange exchange) {
    return exchange.steps().stream()
        .anyMatch(step -> step.response() != null && contains(step.response().bytes(), " 404"));
  }

  private static String trace(Cluster cluster) {
    return Objects.toString(cluster.additionalProperties().get("trace"), "");
  }

  /** A value comes from a response of this exchange that can be a success. */
  private static void checkTrace(
      Exchange exchange, String trace, long number, Consumer<String> report) {
    if (trace.startsWith(ScriptedResponse.LEFT_OVER)) {
      report.accept("returned bytes that were left over on a connection");
      return;
    }
    Optional<Step> source =
        exchange.steps().stream()
            .filter(step -> step.response() != null && step.response().trace().equals(trace))
            .findFirst();
    if (source.isPresent()) {
      if (source.get().request().isTokenExchange()) {
        report.accept("returned the response to a token exchange");
      } else if (source.get().response().validity() == Validity.INVALID) {
        report.accept("returned a response that is no documented success");
      }
      return;
    }
    Matcher matcher = TRACE.matcher(trace);
    if (matcher.matches() && Long.parseLong(matcher.group(1)) < number) {
      if (!exchange.isAnyResponse(Validity.UNKNOWN)) {
        report.accept("returned a response of an earlier exchange");
      }
    } else if (!exchange.isAnyResponse(Validity.UNKNOWN)) {
      report.accept("returned a value that was not sent");
    }
  }

  // Exceptions

  private static void checkMessages(
      Exchange exchange, TypeDBCloudException thrown, Consumer<String> report) {
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      report.accept("empty message of " + thrown.getClass().getSimpleName());
    }
    Set<Throwable> seen = new HashSet<>();
    Deque<Throwable> pending = new ArrayDeque<>(List.of(thrown));
    Set<String> secrets = secrets(exchange);
    while (!pending.isEmpty()) {
      Throwable next = pending.pop();
      if (!seen.add(next)) {
        continue;
      }
      pending.addAll(List.of(next.getSuppressed()));
      if (next.getCause() != null) {
        pending.push(next.getCause());
      }
      String where =
          next instanceof TypeDBCloudException
              ? "message of " + next.getClass().getSimpleName()
              : "message of the cause " + next.getClass().getSimpleName();
      checkText(where, String.valueOf(next.getMessage()), secrets, report);
    }
  }

  private static void checkText(
      String where, String text, Set<String> secrets, Consumer<String> report) {
    if (text.length() > MAX_MESSAGE) {
      report.accept(where + " is too long");
    }
    if (UNPRINTABLE.matcher(text).find()) {
      report.accept(where + " has control characters");
    }
    if (secrets.stream().anyMatch(text::contains)) {
      report.accept(where + " has a secret");
    }
  }

  /** The pieces of the secrets of an exchange that must not be shown. */
  private static Set<String> secrets(Exchange exchange) {
    Set<String> pieces = new HashSet<>();
    addPieces(pieces, ExchangeFuzzTest.SECRET, SECRET_CHARACTERS);
    for (Step step : exchange.steps()) {
      String header = step.request().headers().getOrDefault("authorization", "");
      Matcher token = TOKEN.matcher(header);
      if (token.matches()) {
        addPieces(pieces, token.group(1), SECRET_CHARACTERS);
      }
      if (header.endsWith(ExchangeFuzzTest.SECRET) || token.matches()) {
        String encoded = Base64.getEncoder().encodeToString(header.getBytes(UTF_8));
        addPieces(pieces, encoded.substring(encoded.length() / 2), 2 * SECRET_CHARACTERS);
      }
    }
    return pieces;
  }

  private static void addPieces(Set<String> pieces, String secret, int length) {
    for (int i = 0; i + length <= secret.length(); i++) {
      pieces.add(secret.substring(i, i + length));
    }
  }

  private static void checkNothingSent(
      Exchange exchange, TypeDBCloudException thrown, Consumer<String> report) {
    if (thrown instanceof TransportException && !exchange.operation().isRead()) {
      boolean isAnySent =
          exchange.steps().stream()
              .anyMatch(step -> step.request().isWrite() && !isNotProcessed(step.response()));
      if (isAnySent) {
        report.accept("said of a write that was received that nothing was sent");
      }
    }
  }

  /** A call whose last response is valid must succeed. */
  private static void checkNotTooStrict(
      Exchange exchange, TypeDBCloudException thrown, Consumer<String> report) {
    List<Step> steps = exchange.steps();
    // A response that is not valid may leave bytes behind for the next one.
    if (steps.isEmpty()
        || !exchange.operation().isRead()
        || exchange.isAnyResponse(Validity.UNKNOWN)
        || exchange.isAnyResponse(Validity.INVALID)) {
      return;
    }
    Step last = steps.get(steps.size() - 1);
    if (last.response() != null
        && !last.request().isTokenExchange()
        && last.response().validity() == Validity.VALID
        && last.response().ending() != Ending.RESET
        && last.response().ending() != Ending.SILENT) {
      report.accept("rejected a valid response: " + thrown.getClass().getSimpleName());
    }
  }

  // Writes

  private static void checkWrites(Exchange exchange, Consumer<String> report) {
    int writes = 0;
    ScriptedResponse unread = null;
    boolean isWritten = false;
    for (Step step : exchange.steps()) {
      Received request = step.request();
      if (request.isWrite()) {
        writes++;
        if (isWritten && !isNotProcessed(unread)) {
          report.accept("sent a write again without a read in between");
        }
        isWritten = true;
        unread = step.response();
      } else if (!request.isTokenExchange()) {
        isWritten = false;
      }
    }
    if (writes > MAX_ATTEMPTS_WITH_RENEWALS) {
      report.accept("sent a write " + writes + " times");
    }
    if (writes > 0 && exchange.operation().isRead()) {
      report.accept("sent a write for a read");
    }
  }

  /** Whether a response says, or may say, that the request was not processed. */
  private static boolean isNotProcessed(ScriptedResponse response) {
    return response != null
        && response.validity() != Validity.VALID
        && NOT_PROCESSED.matcher(new String(response.bytes(), ISO_8859_1)).find();
  }

  private static boolean contains(byte[] bytes, String text) {
    return new String(bytes, ISO_8859_1).contains(text);
  }
}
