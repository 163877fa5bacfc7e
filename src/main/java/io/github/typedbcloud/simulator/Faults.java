package io.github.typedbcloud.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in a {@link TypeDBCloudSimulator}, and when.
 *
 * <pre>{@code
 * simulator.faults().on(Operation.DEPLOY).next(Fault.loseResponse());
 * Rule outage = simulator.faults().authenticationOutage();
 * // ... look at what the client does ...
 * outage.end();
 * }</pre>
 *
 * <p>At most one fault happens to a request: that of the oldest rule that applies. Faults happen
 * also to requests that the service would refuse. Rules can be set and ended while requests are
 * under way; those that have begun go on as they began. Thread-safe.
 */
public final class Faults {

  /** Oldest first. */
  private final List<Rule> rules = new ArrayList<>();

  private long happened;

  Faults() {}

  /**
   * Chooses the requests to which a fault shall happen.
   *
   * @param operations whose requests; none for every request but token exchanges, requests that ask
   *     for nothing that there is included
   */
  public Selector on(Operation... operations) {
    Set<Operation> chosen = EnumSet.noneOf(Operation.class);
    chosen.addAll(List.of(operations));
    return new Selector(this, Collections.unmodifiableSet(chosen), "");
  }

  /**
   * Every token exchange answers 503 until the rule that comes back is ended. Access tokens that
   * were issued before stay valid.
   */
  public Rule authenticationOutage() {
    return on(Operation.EXCHANGE_TOKEN).always(Fault.respond(503));
  }

  /** Ends all rules. */
  public synchronized void clear() {
    rules.clear();
  }

  /** How many faults have happened in this simulator, those of rules that have ended included. */
  public synchronized long happened() {
    return happened;
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

  synchronized void end(Rule rule) {
    rules.remove(rule);
  }

  synchronized long happened(Rule rule) {
    return rule.times();
  }

  /**
   * What goes wrong with this request, which must be asked once for each; a call of null asks for
   * nothing.
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
      happened++;
      plan = chosen.happen();
    }
    rules.removeIf(Rule::isSpent);
    return plan;
  }

  /**
   * The requests to which a fault shall happen; says to which of them. Made by {@link Faults#on}.
   * Immutable, and each of its rules counts requests from when it is set.
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
     * Of those requests only the ones whose path names this cluster. The paths of deploy and list
     * name none.
     */
    public Selector cluster(String id) {
      if (id.isEmpty()) {
        throw new IllegalArgumentException("A cluster has an ID; give it.");
      }
      return new Selector(faults, operations, id);
    }

    /** To the next request to which no older rule applies. */
    public Rule next(Fault fault) {
      return next(1, fault);
    }

    /**
     * To so many requests, beginning with the next, to which no older rule applies.
     *
     * @param count one or more
     */
    public Rule next(int count, Fault fault) {
      requirePositive(count);
      return add(fault, turn -> true, count, Long.MAX_VALUE);
    }

    /**
     * To one request, which is the n-th from now. Requests to which an older rule applies are
     * counted too; when the n-th is one of them, that rule's fault happens and not this one.
     *
     * @param n one or more; 1 is the next request
     */
    public Rule nth(int n, Fault fault) {
      requirePositive(n);
      return add(fault, turn -> turn == n, 1, n);
    }

    /** To every request until the rule is ended. */
    public Rule always(Fault fault) {
      return add(fault, turn -> true, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * To a random part of the requests until the rule is ended. To which ones, counted from now,
     * depends on the seed alone.
     *
     * @param part 0 (never) to 1 (always)
     */
    public Rule randomly(double part, long seed, Fault fault) {
      if (!(part >= 0 && part <= 1)) {
        throw new IllegalArgumentException(
            "%s is not a part of the requests; give a number from 0 to 1.".formatted(part));
      }
      SplittableRandom random = new SplittableRandom(seed);
      return add(fault, turn -> random.nextDouble() < part, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private Rule add(Fault fault, Rule.Choice choice, long most, long lastTurn) {
      return faults.add(
          new Rule(faults, operations, clusterId, FaultPlan.of(fault), choice, most, lastTurn));
    }

    private static void requirePositive(int number) {
      if (number < 1) {
        throw new IllegalArgumentException(
            "Requests are counted from 1; there is no number " + number + ".");
      }
    }
  }

  /** A fault that was set, to be asked and ended. Thread-safe. */
  public static final class Rule {

    /** Whether a fault happens to a request, asked once for each in their order. */
    interface Choice {
      boolean takes(long turn);
    }

    private final Faults faults;
    private final Set<Operation> operations;
    private final String clusterId;
    private final FaultPlan plan;
    private final Choice choice;
    private final long most;
    private final long lastTurn;
    private long turn;
    private long times;

    /**
     * Makes a rule, whose counts the faults' lock guards.
     *
     * @param operations empty for all but the token exchange
     * @param clusterId empty for any
     * @param most how often it happens
     * @param lastTurn after how many requests it cannot happen any more
     */
    Rule(
        Faults faults,
        Set<Operation> operations,
        String clusterId,
        FaultPlan plan,
        Choice choice,
        long most,
        long lastTurn) {
      this.faults = faults;
      this.operations = operations;
      this.clusterId = clusterId;
      this.plan = plan;
      this.choice = choice;
      this.most = most;
      this.lastTurn = lastTurn;
    }

    /** How often the fault has happened because of this rule. */
    public long happened() {
      return faults.happened(this);
    }

    /** Lets it happen no more. Ending a rule twice, or after its last fault, is harmless. */
    public void end() {
      faults.end(this);
    }

    /** The fault and the operations. */
    @Override
    public String toString() {
      return plan + " on " + (operations.isEmpty() ? "all but EXCHANGE_TOKEN" : operations);
    }

    /** Whether this is one of its requests; a call of null asks for nothing that there is. */
    boolean matches(@Nullable Call call) {
      if (call == null) {
        return operations.isEmpty() && clusterId.isEmpty();
      }
      boolean asked =
          operations.isEmpty()
              ? call.operation() != Operation.EXCHANGE_TOKEN
              : operations.contains(call.operation());
      return asked && (clusterId.isEmpty() || clusterId.equals(call.clusterId()));
    }

    /** Counts one more request and says whether the fault is to happen to it. */
    boolean meets(boolean free) {
      turn++;
      return choice.takes(turn) && free;
    }

    FaultPlan happen() {
      times++;
      return plan;
    }

    boolean isSpent() {
      return times >= most || turn >= lastTurn;
    }

    long times() {
      return times;
    }
  }
}
