package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.internal.http.HttpResponse;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.internal.text.Secrets;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error response: the documented {@code code} and {@code message}, or anything else
 * from a proxy. Secrets are masked, and everything is clean and bounded.
 *
 * <p>The body of a token exchange is not shown, because it may hold a token that is not known yet.
 * The exception is the code of a rejection (400, 401 and 403) as documented, when it consists of
 * letters and underscores, as no token does.
 *
 * @param code the service's error code; empty when the body has none
 * @param message the service's error message; empty when the body has none
 * @param other any other body, described; empty for one with a code or message, and for no body
 * @param isDocumented whether it is exactly the documented one: both are there, as strings
 */
record ErrorBody(String code, String message, String other, boolean isDocumented) {

  /** See {@link io.github.typedbcloud.error.ApiException#code}. */
  private static final int MAX_CODE = 100;

  /** See {@link io.github.typedbcloud.error.ApiException#serviceMessage}. */
  private static final int MAX_MESSAGE = 1_000;

  private static final int MAX_EXCERPT = 200;

  /** What no token looks like. */
  private static final Pattern PLAIN_CODE =
      Pattern.compile("[A-Z]+(?:_[A-Z]+)*|[a-z]+(?:_[a-z]+)*");

  /** That there is a free cluster already; not that a value is too large for one. */
  private static final Pattern FREE_CLUSTER_LIMIT =
      Pattern.compile(
          "free[ _-]?(tier[ _-]?)?clusters?[ _-]?(limit|quota|exists)"
              + "|\\b(already|another|second|only one|limit of (one|1))\\b.*\\bfree (tier )?clusters?\\b"
              + "|\\bfree (tier )?clusters?\\b.*\\b(already|exists|only one|limit of (one|1))\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Parses any body. */
  static ErrorBody parse(ApiCall<?> call, HttpResponse response, Secrets secrets) {
    ErrorBody body = parse(response, secrets);
    if (call.operation() != Operation.EXCHANGE_TOKEN) {
      return body;
    }
    boolean isShown =
        body.isDocumented()
            && switch (StatusRule.of(response.status())) {
              case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN -> true;
              default -> false;
            };
    return isShown && PLAIN_CODE.matcher(body.code()).matches()
        ? new ErrorBody(body.code(), "", "", true)
        : new ErrorBody("", "", withheld(response), body.isDocumented());
  }

  private static ErrorBody parse(HttpResponse response, Secrets secrets) {
    try {
      // The transport receives at most 1 MiB of it.
      if (Json.read(response.received()) instanceof Map<?, ?> json) {
        String code = text(json.get("code"), secrets, MAX_CODE);
        String message = text(json.get("message"), secrets, MAX_MESSAGE);
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
    String excerpt = excerpt(response, secrets);
    return new ErrorBody("", "", excerpt.isEmpty() ? "" : "the body " + excerpt, false);
  }

  /** The start of a body on one line, in quotes; empty for a blank one. */
  static String excerpt(HttpResponse response, Secrets secrets) {
    // More than is shown, so that a secret that starts in it is recognized.
    String start = response.receivedStart(2 * MAX_EXCERPT);
    return start.isEmpty() ? "" : "'" + secrets.cleanCollapsed(start, MAX_EXCERPT) + "'";
  }

  /** What is said of the body of a token exchange; empty for no body. */
  static String withheld(HttpResponse response) {
    int length = response.received().length;
    return length == 0 ? "" : "a body of " + length + " bytes, which is not shown";
  }

  /**
   * Whether there is a body and it is not the documented one, so that the response does not come
   * from the service.
   */
  boolean isNotFromService() {
    return !other.isEmpty();
  }

  /** Whether the limit of free clusters is used up; the reference documents no code or text. */
  boolean isFreeClusterLimit() {
    return FREE_CLUSTER_LIMIT.matcher(code).find() || FREE_CLUSTER_LIMIT.matcher(message).find();
  }

  /** The end of a sentence that names the status code. */
  String describe() {
    if (code.isEmpty() && message.isEmpty()) {
      return other.isEmpty() ? " and an empty body" : " and " + other;
    }
    return (code.isEmpty() ? "" : " " + withoutFullStop(code))
        + (message.isEmpty() ? "" : ": " + withoutFullStop(message));
  }

  /** As a part of a sentence, which has its own full stop. */
  private static String withoutFullStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static String text(@Nullable Object value, Secrets secrets, int maxLength) {
    return value == null ? "" : secrets.cleanCollapsed(value.toString(), maxLength);
  }
}
