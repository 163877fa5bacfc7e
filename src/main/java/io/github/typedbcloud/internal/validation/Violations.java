package io.github.typedbcloud.internal.validation;

import io.github.typedbcloud.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the violations of one request, in the order of its fields. */
final class Violations {

  private static final String NOT_SET = "is not set";

  private static final String NOT_BLANK = "must not be blank";

  private final List<Violation> list = new ArrayList<>();

  /** Whether an empty string is a field that was not set, as in a request to deploy. */
  private final boolean emptyIsUnset;

  Violations(boolean emptyIsUnset) {
    this.emptyIsUnset = emptyIsUnset;
  }

  /** Adds a violation whose allowed values cannot be listed. */
  void add(String field, @Nullable Object rejectedValue, String rule) {
    list.add(new Violation(field, rejectedValue, rule, List.of(), null));
  }

  /** Adds a violation with the allowed values, one of which may be a near spelling. */
  void add(String field, @Nullable Object rejectedValue, String rule, List<String> allowed) {
    String nearest =
        rejectedValue instanceof CharSequence text ? Spelling.nearest(text, allowed) : null;
    list.add(new Violation(field, rejectedValue, rule, allowed, nearest));
  }

  /** As {@link #add(String, Object, String, List)}; an unset or blank value is reported as such. */
  void addName(String field, String rejectedValue, String rule, List<String> allowed) {
    if (rejectedValue.isEmpty() && emptyIsUnset) {
      add(field, null, NOT_SET, allowed);
    } else {
      add(field, rejectedValue, rejectedValue.isBlank() ? NOT_BLANK : rule, allowed);
    }
  }

  /** Adds a violation if the value is blank, and returns whether it is not. */
  boolean require(String field, String value) {
    if (value.isBlank()) {
      addName(field, value, NOT_BLANK, List.of());
      return false;
    }
    return true;
  }

  /** All that were added. */
  List<Violation> list() {
    return list;
  }
}
