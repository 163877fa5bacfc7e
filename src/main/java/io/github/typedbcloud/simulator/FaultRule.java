package io.github.typedbcloud.simulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fault that was set, to be asked and ended. Thread-safe. */
public final class FaultRule {

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
  FaultRule(
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
