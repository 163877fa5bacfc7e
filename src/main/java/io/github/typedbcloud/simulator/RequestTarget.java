package io.github.typedbcloud.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the first line of a request points at. */
final class RequestTarget {

  /** A whole URL, as a proxy is asked; HTTP wants every server to take it. */
  private static final Pattern ABSOLUTE =
      Pattern.compile("https?://[^/?#]*([^?#]*).*", Pattern.CASE_INSENSITIVE);

  private static final Pattern ORIGIN = Pattern.compile("(/[^?#]*).*");

  private static final Pattern NOT_ENCODED = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private RequestTarget() {}

  /**
   * The path, percent-encoding and all, without the query.
   *
   * @throws ApiError 400 when it has none or its percent-encoding is broken
   */
  static String path(String target) {
    if (target.equals("*")) {
      return target;
    }
    Matcher origin = ORIGIN.matcher(target);
    Matcher absolute = ABSOLUTE.matcher(target);
    if (NOT_ENCODED.matcher(target).find() || !(origin.matches() || absolute.matches())) {
      throw ApiError.malformedRequest(
          "\"%s\" is not a path that is percent-encoded.".formatted(ApiError.quote(target)));
    }
    String path = origin.matches() ? origin.group(1) : absolute.group(1);
    return path.isEmpty() ? "/" : path;
  }
}
