package io.github.typedbcloud.error;

import io.github.typedbcloud.validation.Violation;
import java.util.List;

/** The client refused a request by itself. Nothing was sent. */
public final class InvalidRequestException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  /**
   * A refusal.
   *
   * @param what what was asked for, for example {@code deploy of cluster 'a'}
   * @param violations all that is wrong; at least one
   */
  public InvalidRequestException(String what, List<Violation> violations) {
    super(message(what, violations), null);
    this.violations = List.copyOf(violations);
  }

  /** All that is wrong with the request, in the order of its fields. */
  public List<Violation> violations() {
    return violations;
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
