package io.github.typedbcloud.internal.httpserver;

/** The client sent an invalid or unsupported request. */
public final class BadHttpRequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  BadHttpRequestException(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** The status code of the response. */
  public int status() {
    return status;
  }

  /** A short name of the error. */
  public String code() {
    return code;
  }

  static BadHttpRequestException malformed(String message) {
    return new BadHttpRequestException(400, "malformed_request", message);
  }
}
