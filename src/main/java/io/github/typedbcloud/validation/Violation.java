package io.github.typedbcloud.validation;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param field the field under the API's own name, for example {@code region} or {@code
 *     backupConfiguration.retentionDays}
 * @param rejectedValue what the field held; null when it was not set
 * @param rule what is asked of the field, as the end of a sentence that starts with its name
 * @param allowed the values that would do, where they can be listed; empty where they cannot
 * @param nearest the allowed value whose spelling is nearest to the rejected one; null where none
 *     is near
 */
public record Violation(
    String field,
    @Nullable Object rejectedValue,
    String rule,
    List<String> allowed,
    @Nullable String nearest) {

  /** Refuses null where it has no meaning and copies the list. */
  public Violation {
    Objects.requireNonNull(field, "field must not be null");
    Objects.requireNonNull(rule, "rule must not be null");
    allowed = List.copyOf(Objects.requireNonNull(allowed, "allowed must not be null"));
  }

  /** A violation whose allowed values cannot be listed. */
  static Violation of(String field, @Nullable Object rejectedValue, String rule) {
    return new Violation(field, rejectedValue, rule, List.of(), null);
  }

  /** A violation with the values that would do. */
  static Violation of(
      String field, @Nullable Object rejectedValue, String rule, List<String> allowed) {
    String nearest =
        rejectedValue instanceof CharSequence text ? Spelling.nearest(text, allowed) : null;
    return new Violation(field, rejectedValue, rule, allowed, nearest);
  }

  /** A whole sentence for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(field);
    if (rejectedValue instanceof CharSequence) {
      text.append(" '").append(rejectedValue).append('\'');
    } else if (rejectedValue != null) {
      text.append(' ').append(rejectedValue);
    }
    text.append(' ').append(rule);
    if (!allowed.isEmpty()) {
      text.append("; allowed: ").append(String.join(", ", allowed));
    }
    if (nearest != null) {
      text.append("; did you mean '").append(nearest).append("'?");
    }
    return text.toString();
  }
}
