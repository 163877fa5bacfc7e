package io.github.typedbcloud.validation;

import io.github.typedbcloud.internal.text.CleanText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One rule that a request breaks.
 *
 * @param field the field under the API's own name, for example {@code region} or {@code
 *     backupConfiguration.retentionDays}
 * @param rejectedValue what the field held; null when it was not set
 * @param rule what the field must be, as the end of a sentence that starts with the field's name
 * @param allowed the allowed values; empty when they cannot be listed
 * @param nearest the allowed value with the most similar spelling; null when none is similar
 */
public record Violation(
    String field,
    @Nullable Object rejectedValue,
    String rule,
    List<String> allowed,
    @Nullable String nearest) {

  /** Validates that the required components are non-null, and copies the list. */
  public Violation {
    Objects.requireNonNull(field, "field must not be null");
    Objects.requireNonNull(rule, "rule must not be null");
    allowed = List.copyOf(Objects.requireNonNull(allowed, "allowed must not be null"));
  }

  private static String printed(Object value) {
    return CleanText.of(value.toString(), CleanText.MAX_VALUE);
  }

  /** A human-readable sentence on one line, with at most 200 characters of the rejected value. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(field);
    if (rejectedValue instanceof CharSequence) {
      text.append(" '").append(printed(rejectedValue)).append('\'');
    } else if (rejectedValue != null) {
      text.append(' ').append(printed(rejectedValue));
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
