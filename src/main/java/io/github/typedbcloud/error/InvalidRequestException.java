package io.github.typedbcloud.error;

import io.github.typedbcloud.validation.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The request is invalid, and the client did not send it. Nothing was changed. */
public final class InvalidRequestException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  /** Null after Java serialization, which carries the message alone. */
  private final transient @Nullable List<Violation> violations;

  /**
   * An invalid request.
   *
   * @param what the request, for example {@code deploy of cluster 'a'}
   * @param violations the rules that it breaks; at least one
   */
  public InvalidRequestException(String what, List<Violation> violations) {
    super(lines(what, violations));
    this.violations = List.copyOf(violations);
  }

  /**
   * The rules that the request breaks, in the order of its fields. Empty in a copy that was made by
   * Java serialization, where only the message has them.
   */
  public List<Violation> violations() {
    return violations == null ? List.of() : violations;
  }

  private static List<String> lines(String what, List<Violation> violations) {
    String summary = what + " is invalid and was not sent";
    if (violations.size() == 1) {
      return List.of(summary + ": " + violations.get(0));
    }
    return Stream.concat(
            Stream.of(summary), violations.stream().map(violation -> "  - " + violation))
        .toList();
  }
}
