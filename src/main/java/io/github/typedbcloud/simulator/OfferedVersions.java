package io.github.typedbcloud.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions of TypeDB that the service offers, in the order in which it lists them. */
record OfferedVersions(List<String> names) {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9})\\.([0-9]{1,9})\\.([0-9]{1,9})(-.+)?");

  /** Oldest first; a pre-release is older than its release, what is no version is oldest. */
  static final Comparator<String> BY_AGE =
      Comparator.<String>comparingInt(name -> part(name, 1))
          .thenComparingInt(name -> part(name, 2))
          .thenComparingInt(name -> part(name, 3))
          .thenComparingInt(name -> preRelease(name).isEmpty() ? 1 : 0)
          .thenComparing(OfferedVersions::preRelease);

  OfferedVersions {
    names = List.copyOf(names);
    for (String name : names) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("An offered version is blank; use one such as 3.0.6.");
      }
    }
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  Optional<String> newest() {
    return names.stream().max(BY_AGE);
  }

  static int major(String name) {
    return part(name, 1);
  }

  /** 0 for what does not have the form of a version. */
  private static int part(String name, int number) {
    Matcher parts = FORM.matcher(name);
    return parts.matches() ? Integer.parseInt(parts.group(number)) : 0;
  }

  private static String preRelease(String name) {
    Matcher parts = FORM.matcher(name);
    return parts.matches() && parts.group(4) != null ? parts.group(4) : "";
  }
}
