package io.github.typedbcloud.internal.text;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The visible ASCII characters of a text, perhaps decoded, each with the part of the text that it
 * stands for. Anything else is left out, because a secret has only these: so white space, the zero
 * bytes of UTF-16 and UTF-32, and zero-width characters between them hide nothing.
 */
final class View {

  /** The escapes that are decoded. */
  enum Escapes {
    JSON,
    PERCENT,
    HTML,
    /** All of them, in any mix. */
    ALL
  }

  private static final List<String> ENTITIES =
      List.of(
          "amp&", "lt<", "gt>", "quot\"", "apos'", "sol/", "bsol\\", "num#", "excl!", "dollar$",
          "percnt%", "lpar(", "rpar)", "ast*", "plus+", "comma,", "period.", "colon:", "semi;",
          "equals=", "quest?", "commat@", "lsqb[", "rsqb]", "Hat^", "lowbar_", "grave`", "lcub{",
          "verbar|", "vert|", "rcub}", "hyphen-", "tilde~");

  private static final int HEX = 16;

  private char[] chars;
  private int[] from;
  private int[] to;
  private int length;

  private View(int capacity) {
    chars = new char[capacity];
    from = new int[capacity];
    to = new int[capacity];
  }

  /** The text as it is. */
  static View of(String text) {
    View view = new View(text.length());
    for (int i = 0; i < text.length(); i++) {
      view.add(text.charAt(i), i, i + 1);
    }
    return view;
  }

  int length() {
    return length;
  }

  char charAt(int index) {
    return chars[index];
  }

  /** Where the part of the text starts that a character stands for. */
  int from(int index) {
    return from[index];
  }

  /** Where it ends, exclusive. */
  int to(int index) {
    return to[index];
  }

  /** Decodes the escapes once; null when there are none. */
  @Nullable View unescaped(Escapes escapes) {
    View decoded = new View(length);
    boolean isChanged = false;
    for (int i = 0; i < length; ) {
      long unit = unit(escapes, i);
      int end = (int) (unit >>> 32);
      isChanged |= end > i + 1;
      decoded.add((int) unit, from[i], to[end - 1]);
      i = end;
    }
    return isChanged ? decoded : null;
  }

  /**
   * Decodes every run of base64 or base64url, as if its first character stood at one of the four
   * places in a group.
   */
  View base64(int place) {
    View decoded = new View(length);
    int bits = 0;
    int count = 0;
    int position = place;
    for (int i = 0; i < length; i++) {
      int value = base64Value(chars[i]);
      if (value < 0) {
        // Another run may start here. The padding needs no care: only characters of ASCII stay.
        position = place;
        count = 0;
        continue;
      }
      bits = (bits << 6) | value;
      count++;
      position = (position + 1) % 4;
      // The second, third and fourth character of a group each complete a byte.
      if (position != 1 && count > 1) {
        int shift = position == 2 ? 4 : position == 3 ? 2 : 0;
        decoded.add((bits >>> shift) & 0xff, from[i - 1], to[i]);
      }
    }
    return decoded;
  }

  /** Decodes every run of hexadecimal digits, from its first or its second digit on. */
  View hex(int place) {
    View decoded = new View(length);
    int digits = -place;
    int value = 0;
    for (int i = 0; i < length; i++) {
      int digit = Character.digit(chars[i], HEX);
      if (digit < 0) {
        // Another run may start here.
        digits = -place;
        continue;
      }
      value = (value << 4) | digit;
      digits++;
      if (digits > 0 && digits % 2 == 0) {
        decoded.add(value & 0xff, from[i - 1], to[i]);
      }
    }
    return decoded;
  }

  private void add(int c, int start, int end) {
    if (c > ' ' && c < 0x7f) {
      if (length == chars.length) {
        int capacity = 2 * length + 16;
        chars = Arrays.copyOf(chars, capacity);
        from = Arrays.copyOf(from, capacity);
        to = Arrays.copyOf(to, capacity);
      }
      chars[length] = (char) c;
      from[length] = start;
      to[length++] = end;
    }
  }

  /** The character that stands at an index, perhaps escaped: its end, exclusive, and its value. */
  private long unit(Escapes escapes, int i) {
    char c = chars[i];
    boolean all = escapes == Escapes.ALL;
    if (c == '\\' && (all || escapes == Escapes.JSON) && i + 1 < length) {
      return backslash(i);
    }
    if (c == '%' && (all || escapes == Escapes.PERCENT)) {
      boolean isWide = i + 1 < length && chars[i + 1] == 'u';
      return digits(i, isWide ? i + 2 : i + 1, HEX, isWide ? 4 : 2, isWide ? 4 : 2);
    }
    if (c == '&' && (all || escapes == Escapes.HTML)) {
      return entity(i);
    }
    return unit(i + 1, c);
  }

  /** Of JSON, and the other forms of programming languages: {@code \x73}, {@code \163}. */
  private long backslash(int i) {
    int next = i + 1;
    char c = chars[next];
    if (c == 'u' || c == 'U') {
      int start = next + 1;
      while (start < length && chars[start] == 'u') {
        start++;
      }
      if (start < length && chars[start] == '{') {
        long braced = digits(i, start + 1, HEX, 1, 8);
        int end = (int) (braced >>> 32);
        return end < length && chars[end] == '}' ? unit(end + 1, (int) braced) : unit(i + 1, '\\');
      }
      return c == 'u' ? digits(i, start, HEX, 4, 4) : digits(i, start, HEX, 8, 8);
    }
    if (c == 'x') {
      return digits(i, next + 1, HEX, 2, 2);
    }
    if (c >= '0' && c <= '7') {
      return digits(i, next, 8, 1, 3);
    }
    // The others stand for themselves, or for a control character.
    return unit(next + 1, "bfnrt".indexOf(c) >= 0 ? ' ' : c);
  }

  private long entity(int i) {
    if (i + 1 < length && chars[i + 1] == '#') {
      boolean isHex = i + 2 < length && (chars[i + 2] == 'x' || chars[i + 2] == 'X');
      long number = digits(i, isHex ? i + 3 : i + 2, isHex ? HEX : 10, 1, Integer.MAX_VALUE);
      int end = (int) (number >>> 32);
      return end > i + 1 && end < length && chars[end] == ';'
          ? unit(end + 1, (int) number)
          : number;
    }
    for (String entity : ENTITIES) {
      int name = entity.length() - 1;
      if (i + name < length && matches(i + 1, entity, name)) {
        int end = i + 1 + name;
        return unit(
            end < length && chars[end] == ';' ? end + 1 : end, entity.charAt(entity.length() - 1));
      }
    }
    return unit(i + 1, '&');
  }

  private boolean matches(int start, String text, int count) {
    for (int k = 0; k < count; k++) {
      if (chars[start + k] != text.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A number that stands for a character.
   *
   * @param i where the escape starts; it stands for itself when there are too few digits
   */
  private long digits(int i, int start, int radix, int least, int most) {
    int value = 0;
    int end = start;
    while (end < length && end - start < most) {
      int digit = Character.digit(chars[end], radix);
      if (digit < 0) {
        break;
      }
      // Too large a number stands for nothing that a secret has.
      value = Math.min(value * radix + digit, Character.MAX_CODE_POINT);
      end++;
    }
    return end - start >= least ? unit(end, value) : unit(i + 1, chars[i]);
  }

  private static long unit(int end, int value) {
    return ((long) end << 32) | value;
  }

  private static int base64Value(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return switch (c) {
      case '+', '-' -> 62;
      case '/', '_' -> 63;
      default -> -1;
    };
  }
}
