package io.github.typedbcloud.internal.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
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

  private static final int MAX_TEXT_BYTES = 1024 * 1024;

  private static final int OVERLAP_BYTES = 64 * 1024;

  private final Head head;
  private final byte[] received;
  private final BodyState bodyState;
  private final @Nullable IOException bodyFailure;

  private HttpResponse(
      Head head, byte[] received, BodyState bodyState, @Nullable IOException bodyFailure) {
    this.head = head;
    this.received = received;
    this.bodyState = bodyState;
    this.bodyFailure = bodyFailure;
  }

  static HttpResponse complete(Head head, byte[] body) {
    return new HttpResponse(head, body, BodyState.COMPLETE, null);
  }

  static HttpResponse tooLarge(Head head, byte[] start, long limit) {
    IOException failure = new IOException("the body is larger than " + limit + " bytes");
    return new HttpResponse(head, start, BodyState.TOO_LARGE, failure);
  }

  static HttpResponse truncated(Head head, byte[] start, IOException failure) {
    return new HttpResponse(head, start, BodyState.TRUNCATED, failure);
  }

  /** The status code. */
  public int status() {
    return head.status();
  }

  /** Whether the status code is 2xx. */
  public boolean isSuccessful() {
    return status() >= 200 && status() <= 299;
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

  /** How much of the body arrived. */
  public BodyState bodyState() {
    return bodyState;
  }

  /** The bytes of the body that arrived. */
  public byte[] received() {
    return received;
  }

  /** The start of these as a string, up to 1 MiB: a string can take up twice its bytes. */
  public String receivedText() {
    return text(0);
  }

  /**
   * Whether a part of the body matches. The parts are strings of up to 1 MiB, each of which begins
   * with the last 64 KiB of the one before.
   */
  public boolean anyTextMatches(Predicate<String> condition) {
    int start = 0;
    while (!condition.test(text(start))) {
      if (received.length - start <= MAX_TEXT_BYTES) {
        return false;
      }
      start += MAX_TEXT_BYTES - OVERLAP_BYTES;
    }
    return true;
  }

  private String text(int start) {
    int length = Math.min(received.length - start, MAX_TEXT_BYTES);
    return new String(received, start, length, StandardCharsets.UTF_8);
  }
}
