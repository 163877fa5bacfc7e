package io.github.typedbcloud.fuzz;

import java.util.Base64;

/**
 * What the server sends in response to one request.
 *
 * @param bytes all of it, from the status line on
 * @param ending what happens to the connection then
 * @param validity whether it is a complete, well-formed and documented success
 * @param trace a string in its JSON by which a returned value is attributed to it; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScriptedResponse(byte[] bytes, Ending ending, Validity validity, String trace) {

  /** Begins the trace of responses that nobody requested. */
  static final String LEFT_OVER = "left-over";

  /** What happens to the connection after the bytes. */
  enum Ending {
    KEEP,
    /** Closed when the next request does not arrive at once, so that a client never waits long. */
    KEEP_BRIEFLY,
    CLOSE,
    RESET,
    /** Nothing more is sent, and it stays open: the client waits until its deadline. */
    SILENT
  }

  /** In ascending order of what a client may make of it. */
  enum Validity {
    /** Certainly no documented success. */
    INVALID,
    /** Not known: a client may accept it or not. */
    UNKNOWN,
    /** A documented success. */
    VALID
  }

  String toText() {
    return String.join(
        ",", ending.name(), validity.name(), trace, Base64.getEncoder().encodeToString(bytes));
  }

  static ScriptedResponse parse(String text) {
    String[] parts = text.split(",", -1);
    return new ScriptedResponse(
        Base64.getDecoder().decode(parts[3]),
        Ending.valueOf(parts[0]),
        Validity.valueOf(parts[1]),
        parts[2]);
  }
}
