package io.github.typedbcloud.validation;

import java.util.regex.Pattern;

/** The documented form of a cluster's ID. */
final class ClusterId {

  static final String RULE =
      "must be lowercase letters and digits in groups separated by single underscores or hyphens,"
          + " for example api-cluster";

  /** Possessive, so that a long hostile text costs no backtracking. */
  private static final Pattern PATTERN = Pattern.compile("[a-z0-9]++(?:[_-][a-z0-9]++)*+");

  private ClusterId() {}

  static boolean isValid(String id) {
    return PATTERN.matcher(id).matches();
  }
}
