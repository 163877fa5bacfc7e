package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.internal.json.Json;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a refusal: the documented {@code code} and {@code message}, or whatever a proxy sent.
 *
 * @param code the service's code; empty when the body has none
 * @param message the service's words; empty when the body has none
 * @param excerpt the start of a body of another form
 */
record ErrorBody(String code, String message, String excerpt) {

  private static final int EXCERPT_CHARACTERS = 200;

  /** Of the service's words in a sentence of ours; the accessors give them whole. */
  private static final int QUOTED_CHARACTERS = 1000;

  /** In bytes. The documented body is far smaller, and a larger one is not worth parsing. */
  private static final int LARGEST_PARSED = 2 * 1024 * 1024;

  /** Reads any body whatever; secrets that it repeats are masked. */
  static ErrorBody read(HttpResponse answer, Authorization authorization) {
    try {
      if (answer.received().length <= LARGEST_PARSED
          && Json.read(answer.received()) instanceof Map<?, ?> json) {
        String code = text(json.get("code"), authorization);
        String message = text(json.get("message"), authorization);
        if (!code.isEmpty() || !message.isEmpty()) {
          return new ErrorBody(code, message, "");
        }
      }
    } catch (IOException e) {
      // No JSON: the excerpt below shows what it is.
    }
    return new ErrorBody("", "", excerpt(authorization.redact(answer.text())));
  }

  /** The start of a text on one line, without control characters. */
  static String excerpt(String text) {
    int end = Math.min(text.length(), EXCERPT_CHARACTERS);
    String start = text.substring(0, end).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (start.isEmpty()) {
      return "";
    }
    return "'" + start + (end < text.length() ? "…" : "") + "'";
  }

  /**
   * Whether there is a body, and not the documented one: something else than the service sent it.
   */
  boolean isForeign() {
    return !excerpt.isEmpty();
  }

  /** How a sentence about the refusal goes on. */
  String inWords() {
    if (code.isEmpty() && message.isEmpty()) {
      return excerpt.isEmpty() ? " and an empty body" : " and the body " + excerpt;
    }
    return (code.isEmpty() ? "" : " " + quoted(code))
        + (message.isEmpty() ? "" : ": " + quoted(message));
  }

  /** As a part of our own sentence, which has its own full stop. */
  private static String quoted(String words) {
    if (words.length() > QUOTED_CHARACTERS) {
      return words.substring(0, QUOTED_CHARACTERS) + "…";
    }
    return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
  }

  private static String text(@Nullable Object value, Authorization authorization) {
    return value == null
        ? ""
        : authorization.redact(value.toString()).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
