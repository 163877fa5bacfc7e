package io.github.typedbcloud;

import io.github.typedbcloud.validation.Violation;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.Collectors;

/** The violations of a request, which a prompt prints on a line each. Immutable. */
final class ViolationList extends AbstractList<Violation> implements RandomAccess {

  private final List<Violation> violations;

  ViolationList(List<Violation> violations) {
    this.violations = List.copyOf(violations);
  }

  @Override
  public Violation get(int index) {
    return violations.get(index);
  }

  @Override
  public int size() {
    return violations.size();
  }

  /** A line for each violation; {@code []} for none. */
  @Override
  public String toString() {
    return isEmpty()
        ? "[]"
        : violations.stream().map(Violation::toString).collect(Collectors.joining("\n"));
  }
}
