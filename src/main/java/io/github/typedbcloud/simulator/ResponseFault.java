package io.github.typedbcloud.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An answer of your own in place of the service's: that of a gateway, of a limit on requests, of a
 * service in trouble. Immutable: every method answers a new one. Made by {@link Fault#answer}.
 */
public final class ResponseFault implements Fault {

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  /** What frames an answer. A wrong one would break the next answer as well. */
  private static final Set<String> FRAMING =
      Set.of("connection", "content-length", "transfer-encoding");

  private final boolean processes;
  private final ApiResponse answer;

  private ResponseFault(boolean processes, ApiResponse answer) {
    this.processes = processes;
    this.answer = answer;
  }

  static ResponseFault of(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException(
          status + " is no status of an answer; give one from 200 to 599.");
    }
    return new ResponseFault(false, ApiResponse.of(status));
  }

  /**
   * With this header, which replaces one of the same name, {@code Date} included.
   *
   * @param name not {@code Connection}, {@code Content-Length} or {@code Transfer-Encoding}
   * @param value characters of Latin 1 without line ends
   * @throws IllegalArgumentException when the name or the value cannot be sent
   */
  public ResponseFault header(String name, String value) {
    if (!NAME.matcher(name).matches() || FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "The header \"%s\" cannot be set; give a name of letters, digits and hyphens that does not frame the answer."
              .formatted(name));
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "The value of the header \"%s\" has a line end or a character that cannot be sent."
              .formatted(name));
    }
    return new ResponseFault(processes, answer.header(name, value));
  }

  /**
   * With this body in UTF-8. Answers with the status 204 or 304 are sent without it.
   *
   * @param contentType like {@code text/html; charset=utf-8}
   */
  public ResponseFault body(String contentType, String text) {
    return body(contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * With this body, of which a copy is taken. Answers with the status 204 or 304 are sent without
   * it.
   *
   * @param contentType like {@code application/octet-stream}
   */
  public ResponseFault body(String contentType, byte[] bytes) {
    ResponseFault typed = header("Content-Type", contentType);
    return new ResponseFault(processes, typed.answer.body(contentType, bytes));
  }

  /** The same answer, but the request is processed first: a gateway that did not wait. */
  @Override
  public ResponseFault afterProcessing() {
    return new ResponseFault(true, answer);
  }

  FaultPlan plan() {
    String name = "answer(" + answer.status() + ")";
    FaultPlan unprocessed = FaultPlan.unprocessed(name).with(answer);
    return processes ? unprocessed.afterProcessing() : unprocessed;
  }

  @Override
  public String toString() {
    return plan().toString();
  }
}
