package io.github.typedbcloud.spring;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Properties that no client can be created from. The message names them, without their values. */
final class InvalidPropertiesException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> properties;
  private final String action;

  /**
   * Creates it.
   *
   * @param problem what is wrong
   * @param action what to do
   * @param cause what rejected a value
   * @param names the properties that it is about, without the prefix
   */
  InvalidPropertiesException(
      String problem, String action, @Nullable Throwable cause, String... names) {
    super(problem, cause);
    this.action = action;
    this.properties = Stream.of(names).map(InvalidPropertiesException::property).toList();
  }

  /** An option of the client rejected the value of one property, or of several together. */
  static InvalidPropertiesException rejected(RuntimeException cause, String... names) {
    String all =
        Stream.of(names)
            .map(InvalidPropertiesException::property)
            .collect(Collectors.joining(" and "));
    return new InvalidPropertiesException(
        all + ": " + cause.getMessage(), "Change the value of " + all + ".", cause, names);
  }

  /** The full name of a property. */
  static String property(String name) {
    return TypeDBCloudProperties.PREFIX + "." + name;
  }

  /** The full names. */
  List<String> properties() {
    return properties;
  }

  String action() {
    return action;
  }
}
