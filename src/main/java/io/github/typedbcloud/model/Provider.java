package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * A cloud provider. The list is open, and equality ignores case.
 *
 * @param value the API's own word, in lower case
 */
public record Provider(@JsonValue String value) {

  /** Google Cloud Platform. */
  public static final Provider GCP = new Provider("gcp");

  /** Amazon Web Services. */
  public static final Provider AWS = new Provider("aws");

  /** Folds the word to lower case, so that two spellings of one word are equal. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Provider {
    value = Objects.requireNonNull(value, "value must not be null").toLowerCase(Locale.ROOT);
  }

  /**
   * The value of a word, known to this release or not.
   *
   * @param value any text, in any case
   */
  public static Provider of(String value) {
    return switch (Objects.requireNonNull(value, "value must not be null")) {
      case "gcp" -> GCP;
      case "aws" -> AWS;
      default -> new Provider(value);
    };
  }

  /** The word itself. */
  @Override
  public String toString() {
    return value;
  }
}
