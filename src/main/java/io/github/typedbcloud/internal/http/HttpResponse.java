package io.github.typedbcloud.internal.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A response, with as much of its body as arrived. */
public final class HttpResponse {

  /** How much of the body arrived. */
  public enum BodyState {
    COMPLETE,
    TOO_LARGE,
    TRUNCATED
  }

  /**
   * What precedes the body.
   *
   * @param status the status code
   * @param contentType the {@code Content-Type} header; empty for none
   * @param serverDate the {@code Date} header
   * @param retryAfter the {@code Retry-After} header; null for none
   */
  record Head(
      int status, String contentType, ServerDate serverDate, @Nullable Duration retryAfter) {}

  private static final int MAX_BYTES_PER_CHARACTER = 4;

  private final Head head;
  private final Deadline deadline;
  private final byte[] received;
  private final BodyState bodyState;
  private final @Nullable IOException bodyFailure;

  private HttpResponse(
      Head head,
      Deadline deadline,
      byte[] received,
      BodyState bodyState,
      @Nullable IOException bodyFailure) {
    this.head = head;
    this.deadline = deadline;
    this.received = received;
    this.bodyState = bodyState;
    this.bodyFailure = bodyFailure;
  }

  static HttpResponse complete(Head head, Deadline deadline, byte[] body) {
    return new HttpResponse(head, deadline, body, BodyState.COMPLETE, null);
  }

  static HttpResponse tooLarge(Head head, Deadline deadline, byte[] start, long limit) {
    IOException failure = new IOException("the body is larger than " + limit + " bytes");
    return new HttpResponse(head, deadline, start, BodyState.TOO_LARGE, failure);
  }

  static HttpResponse truncated(Head head, Deadline deadline, byte[] start, IOException failure) {
    return new HttpResponse(head, deadline, start, BodyState.TRUNCATED, failure);
  }

  /** The status code. */
  public int status() {
    return head.status();
  }

  /** The {@code Content-Type} header; empty for none. */
  public String contentType() {
    return head.contentType();
  }

  /** The {@code Date} header. */
  public ServerDate serverDate() {
    return head.serverDate();
  }

  /** The {@code Retry-After} header; null for none. */
  public @Nullable Duration retryAfter() {
    return head.retryAfter();
  }

  /**
   * The complete body.
   *
   * @throws IOException when it is truncated, or larger than the client accepts
   */
  public byte[] body() throws IOException {
    if (bodyFailure != null) {
      throw bodyFailure;
    }
    return received;
  }

  /** Whether the time for the attempt, with the decoding of the body, is over. */
  public boolean isOverdue() {
    return deadline.isOver();
  }

  /** How much of the body arrived. */
  public BodyState bodyState() {
    return bodyState;
  }

  /** The bytes of the body that arrived. */
  public byte[] received() {
    return received;
  }

  /**
   * Their start as a string, from the first byte that is neither white space nor a control
   * character.
   *
   * @param length in characters; the string has all of the body if that is shorter, and may be
   *     longer
   * @return empty for a blank body
   */
  public String receivedStart(int length) {
    int start = 0;
    while (start < received.length && isBlank(received[start])) {
      start++;
    }
    int bytes = Math.min(received.length - start, length * MAX_BYTES_PER_CHARACTER);
    return new String(received, start, bytes, StandardCharsets.UTF_8);
  }

  private static boolean isBlank(byte b) {
    return (b >= 0 && b <= ' ') || b == 0x7f;
  }
}
