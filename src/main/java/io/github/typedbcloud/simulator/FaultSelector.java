package io.github.typedbcloud.simulator;

import java.util.Set;
import java.util.SplittableRandom;

/**
 * The requests to which a fault shall happen; says to which of them. Made by {@link Faults#on}.
 * Immutable, and each of its rules counts requests from when it is set.
 */
public final class FaultSelector {

  private final Faults faults;
  private final Set<Operation> operations;
  private final String clusterId;

  FaultSelector(Faults faults, Set<Operation> operations, String clusterId) {
    this.faults = faults;
    this.operations = operations;
    this.clusterId = clusterId;
  }

  /**
   * Of those requests only the ones whose path names this cluster. The paths of deploy and list
   * name none.
   */
  public FaultSelector cluster(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("A cluster has an ID; give it.");
    }
    return new FaultSelector(faults, operations, id);
  }

  /** To the next request to which no older rule applies. */
  public FaultRule next(Fault fault) {
    return next(1, fault);
  }

  /**
   * To so many requests, beginning with the next, to which no older rule applies.
   *
   * @param count one or more
   */
  public FaultRule next(int count, Fault fault) {
    requirePositive(count);
    return add(fault, turn -> true, count, Long.MAX_VALUE);
  }

  /**
   * To one request, which is the n-th from now. Requests to which an older rule applies are counted
   * too; when the n-th is one of them, that rule's fault happens and not this one.
   *
   * @param n one or more; 1 is the next request
   */
  public FaultRule nth(int n, Fault fault) {
    requirePositive(n);
    return add(fault, turn -> turn == n, 1, n);
  }

  /** To every request until the rule is ended. */
  public FaultRule always(Fault fault) {
    return add(fault, turn -> true, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * To a random part of the requests until the rule is ended. To which ones, counted from now,
   * depends on the seed alone.
   *
   * @param part 0 (never) to 1 (always)
   */
  public FaultRule randomly(double part, long seed, Fault fault) {
    if (!(part >= 0 && part <= 1)) {
      throw new IllegalArgumentException(
          "%s is not a part of the requests; give a number from 0 to 1.".formatted(part));
    }
    SplittableRandom random = new SplittableRandom(seed);
    return add(fault, turn -> random.nextDouble() < part, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private FaultRule add(Fault fault, FaultRule.Choice choice, long most, long lastTurn) {
    return faults.add(
        new FaultRule(faults, operations, clusterId, FaultPlan.of(fault), choice, most, lastTurn));
  }

  private static void requirePositive(int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          "Requests are counted from 1; there is no number " + number + ".");
    }
  }
}
