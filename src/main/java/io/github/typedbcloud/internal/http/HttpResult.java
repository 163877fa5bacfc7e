package io.github.typedbcloud.internal.http;

import java.io.IOException;

/** What came back from one attempt, before anybody judges it. */
public sealed interface HttpResult {

  /** The service, or something between, answered with a status. */
  record Answered(HttpResponse answer) implements HttpResult {}

  /** The request did not leave the client whole: nothing was done. */
  record NotSent(IOException cause) implements HttpResult {}

  /** The request left and no status came back: it may have been done. */
  record Lost(IOException cause) implements HttpResult {}
}
