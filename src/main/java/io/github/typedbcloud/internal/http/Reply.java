package io.github.typedbcloud.internal.http;

import java.io.IOException;

/** What came back from one attempt, before anybody judges it. */
public sealed interface Reply {

  /** The service, or something between, answered with a status. */
  record Answered(Answer answer) implements Reply {}

  /** The request did not leave the client whole: nothing was done. */
  record NotSent(IOException cause) implements Reply {}

  /** The request left and no status came back: it may have been done. */
  record Lost(IOException cause) implements Reply {}
}
