package io.github.typedbcloud.internal.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A status line that arrived, with as much of the body as did. */
public final class Answer {

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final @Nullable IOException bodyProblem;

  Answer(int status, String contentType, byte[] body, @Nullable IOException bodyProblem) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.bodyProblem = bodyProblem;
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

  /** What arrived of the body. */
  byte[] received() {
    return body;
  }

  /** What arrived of the body, as text. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
