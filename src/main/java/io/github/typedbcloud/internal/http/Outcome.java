package io.github.typedbcloud.internal.http;

import java.io.IOException;

/** What came of one attempt. */
public sealed interface Outcome {

  /** The service, or something between, answered with a status. */
  record Answered(Answer answer) implements Outcome {}

  /** The request did not leave the client whole: nothing was done. */
  record NotSent(IOException cause) implements Outcome {}

  /** The request left and no status came back: it may have been done. */
  record Lost(IOException cause) implements Outcome {}

  /** Whether the service answered with this status. */
  default boolean hasStatus(int status) {
    return this instanceof Answered answered && answered.answer().status() == status;
  }
}
