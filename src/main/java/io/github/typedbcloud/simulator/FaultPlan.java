package io.github.typedbcloud.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a fault does at each of its places: before the request is processed, after that, and while
 * the answer is written.
 *
 * @param processes whether the request is processed at all
 * @param instead what is answered in place of the service's answer; null when that stands
 */
record FaultPlan(
    String name,
    Duration before,
    TokenEnd tokenEnd,
    boolean processes,
    @Nullable ApiResponse instead,
    ResponseTransform edit,
    Duration after,
    ResponseDelivery delivery)
    implements Fault {

  /** Nothing goes wrong. */
  static final FaultPlan NONE = processed("none");

  static FaultPlan processed(String name) {
    return plain(name, true);
  }

  static FaultPlan unprocessed(String name) {
    return plain(name, false);
  }

  private static FaultPlan plain(String name, boolean processes) {
    return new FaultPlan(
        name,
        Duration.ZERO,
        TokenEnd.NONE,
        processes,
        null,
        ResponseTransform.NONE,
        Duration.ZERO,
        ResponseDelivery.WHOLE);
  }

  static FaultPlan of(Fault fault) {
    return fault instanceof ResponseFault answer ? answer.plan() : (FaultPlan) fault;
  }

  FaultPlan with(ApiResponse newInstead) {
    return new FaultPlan(name, before, tokenEnd, processes, newInstead, edit, after, delivery);
  }

  FaultPlan with(TokenEnd newTokenEnd) {
    return new FaultPlan(name, before, newTokenEnd, processes, instead, edit, after, delivery);
  }

  FaultPlan with(ResponseTransform newEdit) {
    return new FaultPlan(name, before, tokenEnd, processes, instead, newEdit, after, delivery);
  }

  FaultPlan with(ResponseDelivery newDelivery) {
    return new FaultPlan(name, before, tokenEnd, processes, instead, edit, after, newDelivery);
  }

  FaultPlan delayedBefore(Duration newBefore) {
    return new FaultPlan(name, newBefore, tokenEnd, processes, instead, edit, after, delivery);
  }

  FaultPlan delayedAfter(Duration newAfter) {
    return new FaultPlan(name, before, tokenEnd, processes, instead, edit, newAfter, delivery);
  }

  @Override
  public FaultPlan afterProcessing() {
    String newName = processes ? name : name + ".afterProcessing()";
    return new FaultPlan(newName, before, tokenEnd, true, instead, edit, after, delivery);
  }

  @Override
  public String toString() {
    return "Fault." + name;
  }
}
