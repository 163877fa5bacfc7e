package io.github.typedbcloud.internal.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A status line that arrived, with as much of the body as did. */
public final class HttpResponse {

  /** How much of the body arrived. */
  enum BodyState {
    WHOLE,
    TOO_LARGE,
    CUT_SHORT
  }

  /**
   * What an answer says before its body.
   *
   * @param status the HTTP status
   * @param contentType the header's text; empty when there was none
   * @param serviceTime the {@code Date} header
   * @param retryAfter the {@code Retry-After} header; null when there was none
   */
  record Head(
      int status, String contentType, ServerDate serviceTime, @Nullable Duration retryAfter) {}

  private final Head head;
  private final byte[] body;
  private final BodyState bodyState;
  private final @Nullable IOException bodyProblem;

  private HttpResponse(
      Head head, byte[] body, BodyState bodyState, @Nullable IOException bodyProblem) {
    this.head = head;
    this.body = body;
    this.bodyState = bodyState;
    this.bodyProblem = bodyProblem;
  }

  static HttpResponse whole(Head head, byte[] body) {
    return new HttpResponse(head, body, BodyState.WHOLE, null);
  }

  static HttpResponse tooLarge(Head head, byte[] start, long limit) {
    IOException problem = new IOException("the body is larger than " + limit + " bytes");
    return new HttpResponse(head, start, BodyState.TOO_LARGE, problem);
  }

  static HttpResponse cutShort(Head head, byte[] start, IOException problem) {
    return new HttpResponse(head, start, BodyState.CUT_SHORT, problem);
  }

  public int status() {
    return head.status();
  }

  public boolean isSuccess() {
    return status() >= 200 && status() <= 299;
  }

  /** The header's text; empty when there was none. */
  String contentType() {
    return head.contentType();
  }

  ServerDate serviceTime() {
    return head.serviceTime();
  }

  @Nullable Duration retryAfter() {
    return head.retryAfter();
  }

  /**
   * The whole body.
   *
   * @throws IOException when it was cut short or is larger than the client accepts
   */
  public byte[] body() throws IOException {
    if (bodyProblem != null) {
      throw bodyProblem;
    }
    return body;
  }

  BodyState bodyState() {
    return bodyState;
  }

  /** What arrived of the body. */
  byte[] received() {
    return body;
  }

  /** What arrived of the body, as text. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
