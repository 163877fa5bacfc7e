package io.github.typedbcloud.error;

import io.github.typedbcloud.validation.Violation;
import java.util.List;
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
    super(message(what, violations), null);
    this.violations = List.copyOf(violations);
  }

  /**
   * The rules that the request breaks, in the order of its fields. Empty in a copy that was made by
   * Java serialization, where only the message has them.
   */
  public List<Violation> violations() {
    return violations == null ? List.of() : violations;
  }

  private static String message(String what, List<Violation> violations) {
    StringBuilder text = new StringBuilder(what);
    text.append(" is invalid and was not sent");
    for (Violation violation : violations) {
      text.append(violations.size() == 1 ? ": " : "\n  - ").append(violation);
    }
    return text.toString();
  }
}
