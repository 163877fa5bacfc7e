package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.typedbcloud.internal.text.CleanText;
import java.util.Locale;
import java.util.Objects;

/**
 * A cloud provider. Extensible: unknown values are preserved. Equality ignores case.
 *
 * @param value the API's value, in lower case
 */
public record Provider(@JsonValue String value) {

  /** Google Cloud Platform. */
  public static final Provider GCP = new Provider("gcp");

  /** Amazon Web Services. */
  public static final Provider AWS = new Provider("aws");

  /** Validates that the value is non-null, and converts it to lower case. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Provider {
    value = Objects.requireNonNull(value, "value must not be null").toLowerCase(Locale.ROOT);
  }

  /**
   * Converts a string of the API, known to this release or not.
   *
   * @param value any string, in any case
   */
  public static Provider of(String value) {
    return switch (Objects.requireNonNull(value, "value must not be null")) {
      case "gcp" -> GCP;
      case "aws" -> AWS;
      default -> new Provider(value);
    };
  }

  /** The value, with control characters escaped and cut after 200 characters. */
  @Override
  public String toString() {
    return CleanText.of(value, CleanText.MAX_VALUE);
  }
}
