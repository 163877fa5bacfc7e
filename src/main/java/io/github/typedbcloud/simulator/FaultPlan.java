package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.HttpResponse;
import io.github.typedbcloud.internal.httpserver.ResponseDelivery;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a fault does at each stage: before the request is processed, afterwards, and while the
 * response is sent.
 *
 * @param processes whether the request is processed at all
 * @param replacement the custom response; null for the service's response
 */
record FaultPlan(
    String name,
    Duration before,
    TokenEnd tokenEnd,
    boolean processes,
    @Nullable HttpResponse replacement,
    ResponseTransform transform,
    Duration after,
    ResponseDelivery delivery)
    implements Fault {

  /** No fault. */
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
    return fault instanceof Fault.Response response ? response.plan() : (FaultPlan) fault;
  }

  FaultPlan with(HttpResponse newReplacement) {
    return new FaultPlan(
        name, before, tokenEnd, processes, newReplacement, transform, after, delivery);
  }

  FaultPlan with(TokenEnd newTokenEnd) {
    return new FaultPlan(
        name, before, newTokenEnd, processes, replacement, transform, after, delivery);
  }

  FaultPlan with(ResponseTransform newTransform) {
    return new FaultPlan(
        name, before, tokenEnd, processes, replacement, newTransform, after, delivery);
  }

  FaultPlan with(ResponseDelivery newDelivery) {
    return new FaultPlan(
        name, before, tokenEnd, processes, replacement, transform, after, newDelivery);
  }

  FaultPlan delayedBefore(Duration newBefore) {
    return new FaultPlan(
        name, newBefore, tokenEnd, processes, replacement, transform, after, delivery);
  }

  FaultPlan delayedAfter(Duration newAfter) {
    return new FaultPlan(
        name, before, tokenEnd, processes, replacement, transform, newAfter, delivery);
  }

  @Override
  public FaultPlan afterProcessing() {
    String newName = processes ? name : name + ".afterProcessing()";
    return new FaultPlan(newName, before, tokenEnd, true, replacement, transform, after, delivery);
  }

  @Override
  public String toString() {
    return "Fault." + name;
  }
}
