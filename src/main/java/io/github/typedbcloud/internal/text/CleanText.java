package io.github.typedbcloud.internal.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text on one line, of bounded length, in which every character is visible: the characters that
 * could forge a line of a log, control a terminal or reorder what is read are escaped as in JSON.
 * These are the control characters of C0 and C1, DEL, line and paragraph separators, the format
 * characters of Unicode (bidirectional controls, zero-width characters and the byte order mark are
 * among them), and unpaired surrogates.
 *
 * <p>Lengths are in characters of Java. A surrogate pair or an escape is never cut.
 */
public final class CleanText {

  /** The maximum length of the message of an exception of the client. */
  public static final int MAX_MESSAGE = 4_000;

  /** The maximum length of an ID or another short value in a message. */
  public static final int MAX_VALUE = 200;

  private static final String ELLIPSIS = "…";

  /** The end of a message says what to do next; so the middle is cut. */
  private static final int KEPT_END = MAX_MESSAGE / 4;

  private static final int MAX_ESCAPE = 6;

  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  private CleanText() {}

  /**
   * Escapes and bounds.
   *
   * @param maxLength of the result
   * @return the same string when there is nothing to change
   */
  public static String of(String text, int maxLength) {
    if (text.length() <= maxLength && isClean(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(Math.min(text.length(), maxLength) + 16);
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int before = clean.length();
      append(clean, codePoint);
      i += Character.charCount(codePoint);
      boolean isComplete = i == text.length();
      if (clean.length() > (isComplete ? maxLength : maxLength - 1)) {
        clean.setLength(before);
        while (clean.length() > maxLength - 1) {
          clean.setLength(clean.offsetByCodePoints(clean.length(), -1));
        }
        return clean.append(ELLIPSIS).toString();
      }
    }
    return clean.toString();
  }

  /** The same, with each run of white space as one space, and none at the ends. */
  public static String collapsed(String text, int maxLength) {
    return of(WHITE_SPACE.matcher(text).replaceAll(" ").strip(), maxLength);
  }

  /** The message of an exception: escaped, and at most {@value #MAX_MESSAGE} long. */
  public static String message(String text) {
    if (text.length() <= MAX_MESSAGE && isClean(text)) {
      return text;
    }
    String clean = of(text, Integer.MAX_VALUE);
    if (clean.length() <= MAX_MESSAGE) {
      return clean;
    }
    String start = of(clean, MAX_MESSAGE - KEPT_END);
    int end = clean.length() - KEPT_END;
    for (int i = end - MAX_ESCAPE + 1; i < end; i++) {
      if (clean.charAt(i) == '\\') {
        end = Math.max(end, i + (clean.charAt(i + 1) == 'u' ? MAX_ESCAPE : 2));
      }
    }
    return start + clean.substring(Character.isLowSurrogate(clean.charAt(end)) ? end + 1 : end);
  }

  static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' || c > '~') && !isClean(text, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isClean(String text, int index) {
    char c = text.charAt(index);
    return Character.isLowSurrogate(c)
        ? index > 0 && Character.isHighSurrogate(text.charAt(index - 1))
        : !isEscaped(text.codePointAt(index));
  }

  private static boolean isEscaped(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void append(StringBuilder clean, int codePoint) {
    if (!isEscaped(codePoint)) {
      clean.appendCodePoint(codePoint);
      return;
    }
    switch (codePoint) {
      case '\n' -> clean.append("\\n");
      case '\r' -> clean.append("\\r");
      case '\t' -> clean.append("\\t");
      default -> {
        for (char c : Character.toChars(codePoint)) {
          clean.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
        }
      }
    }
  }
}
