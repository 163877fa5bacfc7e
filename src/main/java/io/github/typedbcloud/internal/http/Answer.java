package io.github.typedbcloud.internal.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A status line that arrived, with as much of the body as did. */
public final class Answer {

  /** How much of the body arrived. */
  enum BodyState {
    WHOLE,
    TOO_LARGE,
    CUT_SHORT
  }

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final BodyState bodyState;
  private final @Nullable IOException bodyProblem;

  private Answer(
      int status,
      String contentType,
      byte[] body,
      BodyState bodyState,
      @Nullable IOException bodyProblem) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.bodyState = bodyState;
    this.bodyProblem = bodyProblem;
  }

  static Answer whole(int status, String contentType, byte[] body) {
    return new Answer(status, contentType, body, BodyState.WHOLE, null);
  }

  static Answer tooLarge(int status, String contentType, byte[] start, long limit) {
    IOException problem = new IOException("the body is larger than " + limit + " bytes");
    return new Answer(status, contentType, start, BodyState.TOO_LARGE, problem);
  }

  static Answer cutShort(int status, String contentType, byte[] start, IOException problem) {
    return new Answer(status, contentType, start, BodyState.CUT_SHORT, problem);
  }

  public int status() {
    return status;
  }

  public boolean isSuccess() {
    return status >= 200 && status <= 299;
  }

  /** The header's text; empty when there was none. */
  String contentType() {
    return contentType;
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
