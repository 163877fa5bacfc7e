package io.github.typedbcloud.internal.validation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of a TypeDB version, and what follows from its number. */
final class Versions {

  /** The newest version; in spaces only. */
  static final String LATEST = "latest";

  private static final int FIRST_SINGLE_SERVER_MAJOR = 3;

  /** Each number fits an int. */
  private static final Pattern NUMBER =
      Pattern.compile("([0-9]{1,9}+)\\.[0-9]{1,9}+\\.[0-9]{1,9}+(?:-[0-9A-Za-z][0-9A-Za-z.-]*+)?+");

  private Versions() {}

  /** Whether the version is a number such as {@code 3.0.6} or {@code 3.1.0-rc1}. */
  static boolean isNumber(String version) {
    return NUMBER.matcher(version).matches();
  }

  /** TypeDB 3.0 and later, {@code latest} among them, allows one server only. */
  static boolean isSingleServer(String version) {
    Matcher matcher = NUMBER.matcher(version);
    return version.equals(LATEST)
        || (matcher.matches() && Integer.parseInt(matcher.group(1)) >= FIRST_SINGLE_SERVER_MAJOR);
  }
}
