package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.validation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Checks and encodes a path parameter, which never leaves its segment. */
final class PathSegment {

  private static final String UNRESERVED_MARKS = "-._~";

  private PathSegment() {}

  /** The reason why a value cannot be a path parameter; empty when it can. */
  static List<Violation> violations(String field, String value) {
    if (value == null) {
      throw new NullPointerException(field + " must not be null");
    }
    if (isPlain(value)) {
      return List.of();
    }
    String rule = null;
    if (value.isBlank()) {
      rule = "must not be blank";
    } else if (value.equals(".") || value.equals("..")) {
      rule = "must not be a relative path";
    } else if (value.chars().anyMatch(Character::isISOControl)) {
      rule = "must not contain control characters";
    } else if (value.codePoints().anyMatch(PathSegment::isUnpairedSurrogate)) {
      // UTF-8 encodes it as a question mark, which may be the ID of another cluster.
      rule = "must not contain an unpaired surrogate";
    }
    return rule == null
        ? List.of()
        : List.of(new Violation(field, printable(value), rule, List.of(), null));
  }

  /** Percent-encodes all but the unreserved characters of RFC 3986. */
  static String encode(String value) {
    if (isPlain(value)) {
      return value;
    }
    StringBuilder encoded = new StringBuilder(value.length());
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED_MARKS.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  /** Whether there is nothing to encode and nothing invalid, as in nearly all IDs. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (!plain) {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private static boolean isUnpairedSurrogate(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  private static String printable(String value) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || isUnpairedSurrogate(c)) {
                text.append("\\u").append(String.format(Locale.ROOT, "%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }
}
