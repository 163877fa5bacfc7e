package io.github.typedbcloud.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in a {@link TypeDBCloudSimulator}, and when.
 *
 * <pre>{@code
 * simulator.faults().on(Operation.DEPLOY).next(Fault.loseResponse());
 * FaultRule outage = simulator.faults().authenticationOutage();
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
  private final List<FaultRule> rules = new ArrayList<>();

  private long happened;

  Faults() {}

  /**
   * Chooses the requests to which a fault shall happen.
   *
   * @param operations whose requests; none for every request but token exchanges, requests that ask
   *     for nothing that there is included
   */
  public FaultSelector on(Operation... operations) {
    Set<Operation> chosen = EnumSet.noneOf(Operation.class);
    chosen.addAll(List.of(operations));
    return new FaultSelector(this, Collections.unmodifiableSet(chosen), "");
  }

  /**
   * Every token exchange answers 503 until the rule that comes back is ended. Access tokens that
   * were issued before stay valid.
   */
  public FaultRule authenticationOutage() {
    return on(Operation.EXCHANGE_TOKEN).always(Fault.answer(503));
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

  synchronized FaultRule add(FaultRule rule) {
    rules.add(rule);
    return rule;
  }

  synchronized void end(FaultRule rule) {
    rules.remove(rule);
  }

  synchronized long happened(FaultRule rule) {
    return rule.times();
  }

  /**
   * What goes wrong with this request, which must be asked once for each; a call of null asks for
   * nothing.
   */
  synchronized FaultPlan choose(@Nullable Call call) {
    FaultRule chosen = null;
    for (FaultRule rule : rules) {
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
    rules.removeIf(FaultRule::isSpent);
    return plan;
  }
}
