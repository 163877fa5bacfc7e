package io.github.typedbcloud.internal.call;

import java.util.regex.Pattern;

/** Compares versions of TypeDB, such as {@code 3.0.6}. */
final class Versions {

  private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})*");

  private static final Pattern DOT = Pattern.compile("\\.");

  private Versions() {}

  /** Whether a version is certainly newer than another: both consist of numbers. */
  static boolean isNewer(String version, String than) {
    if (!NUMBERS.matcher(version).matches() || !NUMBERS.matcher(than).matches()) {
      return false;
    }
    String[] a = DOT.split(version, -1);
    String[] b = DOT.split(than, -1);
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int difference = Integer.compare(part(a, i), part(b, i));
      if (difference != 0) {
        return difference > 0;
      }
    }
    return false;
  }

  private static int part(String[] parts, int index) {
    return index < parts.length ? Integer.parseInt(parts[index]) : 0;
  }
}
