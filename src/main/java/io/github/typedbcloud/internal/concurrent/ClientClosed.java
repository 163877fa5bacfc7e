package io.github.typedbcloud.internal.concurrent;

/** The exception for every use of a closed client. */
public final class ClientClosed {

  private ClientClosed() {}

  /** A new exception, with the stack trace of its caller. */
  public static IllegalStateException exception() {
    return new IllegalStateException("This TypeDBCloudClient is closed; build another one.");
  }
}
