package io.github.typedbcloud.internal.http;

import java.io.IOException;

/** The result of sending one request, before it is classified. */
public sealed interface HttpResult {

  /** The status code of a result without a response. */
  int NO_STATUS = 0;

  /** The status code; {@link #NO_STATUS} without a response. */
  default int status() {
    return NO_STATUS;
  }

  /** A status line arrived, from the service or from a proxy. */
  record Received(HttpResponse response) implements HttpResult {
    @Override
    public int status() {
      return response.status();
    }
  }

  /** No response arrived. */
  sealed interface NoResponse extends HttpResult {
    /** Why. */
    IOException cause();
  }

  /** The request was not sent, or was a read: nothing was changed. */
  record NotSent(IOException cause) implements NoResponse {}

  /** The request was sent and no response arrived: it may have been applied. */
  record ResponseLost(IOException cause) implements NoResponse {}
}
