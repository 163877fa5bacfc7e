package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.HttpResponse;
import io.github.typedbcloud.internal.json.Json;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error response: the documented {@code code} and {@code message}, or anything else
 * from a proxy.
 *
 * @param code the service's error code; empty when the body has none
 * @param message the service's error message; empty when the body has none
 * @param excerpt the start of any other body; empty for one with a code or message, and for no body
 * @param isDocumented whether it is exactly the documented one: both are there, as strings
 */
record ErrorBody(String code, String message, String excerpt, boolean isDocumented) {

  private static final int EXCERPT_CHARACTERS = 200;

  /** How much of the service's message a summary quotes; the accessors return all of it. */
  private static final int QUOTED_CHARACTERS = 1000;

  /** In bytes. The documented body is far smaller. */
  private static final int MAX_PARSED_BYTES = 2 * 1024 * 1024;

  /** Parses any body; secrets that it repeats are masked. */
  static ErrorBody parse(HttpResponse response, Authorization authorization) {
    try {
      if (response.received().length <= MAX_PARSED_BYTES
          && Json.read(response.received()) instanceof Map<?, ?> json) {
        String code = text(json.get("code"), authorization);
        String message = text(json.get("message"), authorization);
        if (!code.isEmpty() || !message.isEmpty()) {
          return new ErrorBody(
              code,
              message,
              "",
              !code.isEmpty()
                  && json.get("code") instanceof String
                  && json.get("message") instanceof String);
        }
      }
    } catch (IOException e) {
      // Invalid JSON: the excerpt below shows what it is.
    }
    return new ErrorBody("", "", excerpt(authorization.redact(response.receivedText())), false);
  }

  /** The start of a string on one line, without control characters. */
  static String excerpt(String text) {
    int end = Math.min(text.length(), EXCERPT_CHARACTERS);
    String start = text.substring(0, end).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (start.isEmpty()) {
      return "";
    }
    return "'" + start + (end < text.length() ? "…" : "") + "'";
  }

  /**
   * Whether there is a body and it is not the documented one, so that the response does not come
   * from the service.
   */
  boolean isNotFromService() {
    return !excerpt.isEmpty();
  }

  /** The end of a sentence that names the status code. */
  String describe() {
    if (code.isEmpty() && message.isEmpty()) {
      return excerpt.isEmpty() ? " and an empty body" : " and the body " + excerpt;
    }
    return (code.isEmpty() ? "" : " " + quoted(code))
        + (message.isEmpty() ? "" : ": " + quoted(message));
  }

  /** As a part of a sentence, which has its own full stop. */
  private static String quoted(String text) {
    if (text.length() > QUOTED_CHARACTERS) {
      return text.substring(0, QUOTED_CHARACTERS) + "…";
    }
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static String text(@Nullable Object value, Authorization authorization) {
    return value == null
        ? ""
        : authorization.redact(value.toString()).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
