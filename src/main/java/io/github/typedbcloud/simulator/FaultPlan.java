package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.HttpResponse;
import io.github.typedbcloud.internal.httpserver.ResponseDelivery;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What faults do at each stage of one request: before it is processed, while it is, afterwards, and
 * while the response is sent. Immutable.
 */
final class FaultPlan implements Fault {

  /** No fault. */
  static final FaultPlan NONE = new FaultPlan(List.of(), new Stages());

  /** The stages, in their order. Only changed while a plan is created. */
  private static final class Stages implements Cloneable {
    private Duration before = Duration.ZERO;
    private List<Runnable> beforeActions = List.of();
    private TokenEnd tokenEnd = TokenEnd.NONE;
    private boolean skipsProcessing;
    private @Nullable Duration lateness;
    private @Nullable Staleness staleness;
    private ResponseTransform transform = ResponseTransform.NONE;
    private boolean needsClusters;
    private @Nullable HttpResponse replacement;
    private ResponseTransform date = ResponseTransform.NONE;
    private List<Runnable> afterActions = List.of();
    private Duration after = Duration.ZERO;
    private ResponseDelivery delivery = ResponseDelivery.WHOLE;
    private @Nullable UnaryOperator<ResponseDelivery> throttle;
    private long maxTimes = Long.MAX_VALUE;

    private Stages copy() {
      try {
        return (Stages) clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What it consists of, in the order in which it was combined. */
  private final List<String> names;

  private final Stages stages;

  private FaultPlan(List<String> names, Stages stages) {
    this.names = names;
    this.stages = stages;
  }

  static FaultPlan processed(String name) {
    return new FaultPlan(List.of(name), new Stages());
  }

  static FaultPlan unprocessed(String name) {
    return processed(name).change(stages -> stages.skipsProcessing = true);
  }

  static FaultPlan of(Fault fault) {
    return fault instanceof Fault.Response response ? response.plan() : (FaultPlan) fault;
  }

  private FaultPlan change(Consumer<Stages> change) {
    Stages changed = stages.copy();
    change.accept(changed);
    return new FaultPlan(names, changed);
  }

  FaultPlan with(HttpResponse replacement) {
    return change(stages -> stages.replacement = replacement);
  }

  FaultPlan with(TokenEnd tokenEnd) {
    return change(stages -> stages.tokenEnd = tokenEnd);
  }

  FaultPlan with(ResponseTransform transform) {
    return change(stages -> stages.transform = transform);
  }

  /** A change of the clusters in a response; others have nothing that it changes. */
  FaultPlan withClusters(ResponseTransform transform) {
    return change(
        stages -> {
          stages.transform = transform;
          stages.needsClusters = true;
        });
  }

  FaultPlan with(ResponseDelivery delivery) {
    return change(stages -> stages.delivery = delivery);
  }

  FaultPlan throttled(UnaryOperator<ResponseDelivery> throttle) {
    return change(stages -> stages.throttle = throttle);
  }

  FaultPlan with(Staleness staleness) {
    return change(stages -> stages.staleness = staleness);
  }

  FaultPlan atMost(long times) {
    return change(stages -> stages.maxTimes = times);
  }

  FaultPlan appliedLate(Duration lateness) {
    return change(stages -> stages.lateness = lateness);
  }

  FaultPlan dated(ResponseTransform date) {
    return change(stages -> stages.date = date);
  }

  FaultPlan delayedBefore(Duration before) {
    return change(stages -> stages.before = before);
  }

  FaultPlan delayedAfter(Duration after) {
    return change(stages -> stages.after = after);
  }

  FaultPlan runningBefore(Runnable action) {
    return change(stages -> stages.beforeActions = List.of(action));
  }

  FaultPlan runningAfter(Runnable action) {
    return change(stages -> stages.afterActions = List.of(action));
  }

  /** Each fault that it consists of; none for {@link #NONE}. */
  List<String> descriptions() {
    return names.stream().map(name -> "Fault." + name).toList();
  }

  /** How long the request waits before everything else. */
  Duration before() {
    return stages.before;
  }

  List<Runnable> beforeActions() {
    return stages.beforeActions;
  }

  /** Whether anything happens before the request is processed. */
  boolean isDelayed() {
    return !stages.before.isZero() || !stages.beforeActions.isEmpty();
  }

  TokenEnd tokenEnd() {
    return stages.tokenEnd;
  }

  /** Whether the request is processed at all. A write that is applied late always is. */
  boolean processes() {
    return !stages.skipsProcessing || stages.lateness != null;
  }

  /** How much later a write is applied; null for at once. */
  @Nullable Duration lateness() {
    return stages.lateness;
  }

  /** Which past state a read shows; null for the current one. */
  @Nullable Staleness staleness() {
    return stages.staleness;
  }

  /** The response to send for that of the service. */
  HttpResponse response(HttpResponse ofService) {
    HttpResponse replacement = stages.replacement;
    return stages.date.apply(replacement == null ? stages.transform.apply(ofService) : replacement);
  }

  List<Runnable> afterActions() {
    return stages.afterActions;
  }

  /** How long the response waits. */
  Duration after() {
    return stages.after;
  }

  /** How the response is sent. One that is lost is not slow. */
  ResponseDelivery delivery() {
    UnaryOperator<ResponseDelivery> throttle = stages.throttle;
    return throttle == null || !stages.delivery.showsStatus()
        ? stages.delivery
        : throttle.apply(stages.delivery);
  }

  /** To how many requests one rule applies it at most. */
  long maxTimes() {
    return stages.maxTimes;
  }

  /** Whether the fault can take effect on a request; the call is null for an unknown path. */
  boolean appliesTo(@Nullable Call call) {
    return call == null
        ? stages.lateness == null && stages.staleness == null && !stages.needsClusters
        : appliesTo(call.operation());
  }

  private boolean appliesTo(Operation operation) {
    return (stages.lateness == null || operation.isWrite())
        && (stages.staleness == null || operation.isRead())
        && (!stages.needsClusters || operation.hasScope())
        && (stages.tokenEnd != TokenEnd.ACCESS_TOKEN || operation != Operation.EXCHANGE_TOKEN);
  }

  /** The operations on whose requests the fault can take effect. */
  List<Operation> operations() {
    return Stream.of(Operation.values()).filter(this::appliesTo).toList();
  }

  /** Whether both determine the same part of a response or of the processing. */
  boolean conflictsWith(FaultPlan other) {
    return (replacesResponse() && other.replacesResponse())
        || (truncates() && other.truncates())
        || (stages.throttle != null && other.stages.throttle != null)
        || (stages.date != ResponseTransform.NONE && other.stages.date != ResponseTransform.NONE)
        || (stages.lateness != null && other.stages.lateness != null)
        || (stages.staleness != null && other.stages.staleness != null);
  }

  /** Whether the client gets something else than the service's response, or nothing. */
  private boolean replacesResponse() {
    return stages.replacement != null || !stages.delivery.showsStatus();
  }

  private boolean truncates() {
    return stages.delivery != ResponseDelivery.WHOLE && stages.delivery.showsStatus();
  }

  /** Both faults together, this one first. They must not conflict. */
  FaultPlan combinedWith(FaultPlan other) {
    if (this == NONE) {
      return other;
    }
    Stages second = other.stages;
    FaultPlan both =
        change(
            all -> {
              all.before = all.before.plus(second.before);
              all.beforeActions = inOrder(all.beforeActions, second.beforeActions);
              all.tokenEnd =
                  all.tokenEnd.compareTo(second.tokenEnd) > 0 ? all.tokenEnd : second.tokenEnd;
              all.skipsProcessing |= second.skipsProcessing;
              all.lateness = all.lateness == null ? second.lateness : all.lateness;
              all.staleness = all.staleness == null ? second.staleness : all.staleness;
              all.transform = all.transform.andThen(second.transform);
              all.needsClusters |= second.needsClusters;
              all.replacement = all.replacement == null ? second.replacement : all.replacement;
              all.date = all.date.andThen(second.date);
              all.afterActions = inOrder(all.afterActions, second.afterActions);
              all.after = all.after.plus(second.after);
              all.delivery = stronger(all.delivery, second.delivery);
              all.throttle = all.throttle == null ? second.throttle : all.throttle;
              all.maxTimes = Math.min(all.maxTimes, second.maxTimes);
            });
    return new FaultPlan(inOrder(names, other.names), both.stages);
  }

  private static <T> List<T> inOrder(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** A response that is lost cannot be truncated. */
  private static ResponseDelivery stronger(ResponseDelivery first, ResponseDelivery second) {
    boolean secondWins = first == ResponseDelivery.WHOLE || !second.showsStatus();
    return secondWins ? second : first;
  }

  @Override
  public FaultPlan afterProcessing() {
    return stages.skipsProcessing
        ? new FaultPlan(
            List.of(joinedNames() + ".afterProcessing()"),
            change(all -> all.skipsProcessing = false).stages)
        : this;
  }

  @Override
  public String toString() {
    return "Fault." + (names.isEmpty() ? "none" : joinedNames());
  }

  private String joinedNames() {
    return String.join(" and ", names);
  }
}
