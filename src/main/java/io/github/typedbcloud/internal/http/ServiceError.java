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
record ServiceError(String code, String message, String excerpt) {

  private static final int EXCERPT_CHARACTERS = 200;

  /** Reads any body whatever; secrets that it repeats are masked. */
  static ServiceError read(Answer answer, Authorization authorization) {
    try {
      if (Json.read(answer.received()) instanceof Map<?, ?> json) {
        String code = text(json.get("code"), authorization);
        String message = text(json.get("message"), authorization);
        if (!code.isEmpty() || !message.isEmpty()) {
          return new ServiceError(code, message, "");
        }
      }
    } catch (IOException e) {
      // No JSON: the excerpt below shows what it is.
    }
    return new ServiceError("", "", excerpt(authorization.redact(answer.text())));
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

  /** How a sentence about the refusal goes on. */
  String inWords() {
    if (code.isEmpty() && message.isEmpty()) {
      return excerpt.isEmpty() ? " and an empty body" : " and the body " + excerpt;
    }
    String words = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    return (code.isEmpty() ? "" : " " + code) + (words.isEmpty() ? "" : ": " + words);
  }

  private static String text(@Nullable Object value, Authorization authorization) {
    return value == null
        ? ""
        : authorization.redact(value.toString()).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
