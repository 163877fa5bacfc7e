package io.github.typedbcloud.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The faults to inject into a {@link TypeDBCloudSimulator}.
 *
 * <pre>{@code
 * simulator.faults().on(Operation.DEPLOY).next(Fault.loseResponse());
 * Faults.Rule outage = simulator.faults().authenticationOutage();
 * // ... check what the client does ...
 * outage.remove();
 * }</pre>
 *
 * <p>At most one fault is applied to a request: that of the oldest matching rule. Faults are also
 * applied to requests that the service would reject. Rules can be added and ended at any time; this
 * does not affect in-flight requests. Thread-safe.
 */
public final class Faults {

  /** Oldest first. */
  private final List<Rule> rules = new ArrayList<>();

  private long occurrences;

  Faults() {}

  /**
   * Selects requests by operation.
   *
   * @param operations the operations; none for every request except token exchanges, including
   *     requests to unknown paths
   */
  public Selector on(Operation... operations) {
    Set<Operation> chosen = EnumSet.noneOf(Operation.class);
    chosen.addAll(List.of(operations));
    return new Selector(this, Collections.unmodifiableSet(chosen), "");
  }

  /**
   * Makes every token exchange fail with HTTP 503 until the returned rule is ended. Access tokens
   * issued before stay valid.
   */
  public Rule authenticationOutage() {
    return on(Operation.EXCHANGE_TOKEN).always(Fault.respond(503));
  }

  /** Ends all rules. */
  public synchronized void clear() {
    rules.clear();
  }

  /**
   * The number of faults that have happened in this simulator, including those of removed rules.
   */
  public synchronized long occurrences() {
    return occurrences;
  }

  /** The rules that may still apply. */
  @Override
  public synchronized String toString() {
    return "Faults" + rules;
  }

  synchronized Rule add(Rule rule) {
    rules.add(rule);
    return rule;
  }

  synchronized void remove(Rule rule) {
    rules.remove(rule);
  }

  synchronized long occurrences(Rule rule) {
    return rule.times();
  }

  /**
   * Chooses the fault for a request. Must be called once for each request, because rules count
   * them.
   *
   * @param call null for a request to an unknown path
   */
  synchronized FaultPlan choose(@Nullable Call call) {
    Rule chosen = null;
    for (Rule rule : rules) {
      // Each rule counts its requests, also those that an older one takes.
      if (rule.matches(call) && rule.meets(chosen == null) && chosen == null) {
        chosen = rule;
      }
    }
    FaultPlan plan = FaultPlan.NONE;
    if (chosen != null) {
      occurrences++;
      plan = chosen.happen();
    }
    rules.removeIf(Rule::isSpent);
    return plan;
  }

  /**
   * Selected requests, to which rules can be added. Created by {@link Faults#on}. Immutable; each
   * rule counts the requests from when it was added.
   */
  public static final class Selector {

    private final Faults faults;
    private final Set<Operation> operations;
    private final String clusterId;

    Selector(Faults faults, Set<Operation> operations, String clusterId) {
      this.faults = faults;
      this.operations = operations;
      this.clusterId = clusterId;
    }

    /**
     * Selects only the requests whose path contains this cluster ID. The paths of deploy and list
     * contain none.
     */
    public Selector cluster(String id) {
      if (id.isEmpty()) {
        throw new IllegalArgumentException("The ID of the cluster is empty.");
      }
      return new Selector(faults, operations, id);
    }

    /** Applies the fault to the next request that no older rule takes. */
    public Rule next(Fault fault) {
      return next(1, fault);
    }

    /**
     * Applies the fault to the next requests that no older rule takes.
     *
     * @param count the number of requests; one or more
     */
    public Rule next(int count, Fault fault) {
      requirePositive(count);
      return add(fault, turn -> true, count, Long.MAX_VALUE);
    }

    /**
     * Applies the fault to the n-th request from now. Requests that an older rule takes are counted
     * too; if the n-th is one of them, this fault never happens.
     *
     * @param n one or more; 1 is the next request
     */
    public Rule nth(int n, Fault fault) {
      requirePositive(n);
      return add(fault, turn -> turn == n, 1, n);
    }

    /** Applies the fault to every request until the rule is ended. */
    public Rule always(Fault fault) {
      return add(fault, turn -> true, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * Applies the fault to random requests until the rule is ended. The same seed selects the same
     * requests, counted from now.
     *
     * @param part the probability, from 0 (never) to 1 (always)
     */
    public Rule randomly(double part, long seed, Fault fault) {
      if (!(part >= 0 && part <= 1)) {
        throw new IllegalArgumentException(
            "The probability %s is invalid; it must be from 0 to 1.".formatted(part));
      }
      SplittableRandom random = new SplittableRandom(seed);
      return add(fault, turn -> random.nextDouble() < part, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private Rule add(Fault fault, Rule.Choice choice, long maxTimes, long lastTurn) {
      return faults.add(
          new Rule(faults, operations, clusterId, FaultPlan.of(fault), choice, maxTimes, lastTurn));
    }

    private static void requirePositive(int number) {
      if (number < 1) {
        throw new IllegalArgumentException(
            "The number of requests is " + number + "; it must be 1 or more.");
      }
    }
  }

  /** A fault that was added, with its count. Thread-safe. */
  public static final class Rule {

    /** Decides whether a fault applies to a request. Called once for each request, in order. */
    interface Choice {
      boolean takes(long turn);
    }

    private final Faults faults;
    private final Set<Operation> operations;
    private final String clusterId;
    private final FaultPlan plan;
    private final Choice choice;
    private final long maxTimes;
    private final long lastTurn;
    private long turn;
    private long times;

    /**
     * Creates a rule. Its counts are guarded by the lock of the faults.
     *
     * @param operations empty for all except the token exchange
     * @param clusterId empty for any
     * @param maxTimes how often the fault happens at most
     * @param lastTurn the last request, counted from 1, to which the fault can apply
     */
    Rule(
        Faults faults,
        Set<Operation> operations,
        String clusterId,
        FaultPlan plan,
        Choice choice,
        long maxTimes,
        long lastTurn) {
      this.faults = faults;
      this.operations = operations;
      this.clusterId = clusterId;
      this.plan = plan;
      this.choice = choice;
      this.maxTimes = maxTimes;
      this.lastTurn = lastTurn;
    }

    /** How often the fault of this rule has happened. */
    public long occurrences() {
      return faults.occurrences(this);
    }

    /** Removes this rule. Removing it twice, or after its last fault, does nothing. */
    public void remove() {
      faults.remove(this);
    }

    /** The fault and the operations. */
    @Override
    public String toString() {
      return plan + " on " + (operations.isEmpty() ? "all except EXCHANGE_TOKEN" : operations);
    }

    /** Whether the rule selects this request; the call is null for an unknown path. */
    boolean matches(@Nullable Call call) {
      if (call == null) {
        return operations.isEmpty() && clusterId.isEmpty();
      }
      boolean selected =
          operations.isEmpty()
              ? call.operation() != Operation.EXCHANGE_TOKEN
              : operations.contains(call.operation());
      return selected && (clusterId.isEmpty() || clusterId.equals(call.clusterId()));
    }

    /** Counts one more request and returns whether the fault applies to it. */
    boolean meets(boolean free) {
      turn++;
      return choice.takes(turn) && free;
    }

    FaultPlan happen() {
      times++;
      return plan;
    }

    boolean isSpent() {
      return times >= maxTimes || turn >= lastTurn;
    }

    long times() {
      return times;
    }
  }
}
