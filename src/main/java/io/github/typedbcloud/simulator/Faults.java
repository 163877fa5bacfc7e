package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.HttpRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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
 * <p>The faults of all matching rules apply to a request, in the order of its stages:
 *
 * <ol>
 *   <li>{@code delayRequest}: delays add up
 *   <li>{@code before}: the actions run, those of older rules first
 *   <li>{@code expireToken}, {@code revokeToken}
 *   <li>the request is processed, with {@code applyLate} and {@code staleReads}, unless a fault
 *       keeps it from being processed; {@code applyLate} overrides such a fault
 *   <li>{@code clusterStatus}, {@code extraField}: all change the service's response
 *   <li>{@code respond}, {@code gatewayNotFound}: replaces the service's response
 *   <li>{@code dateOffset}, {@code withoutDate}
 *   <li>{@code after}: the actions run
 *   <li>{@code delayResponse}: delays add up
 *   <li>the response is sent, or not: {@code loseRequest}, {@code loseResponse}, {@code
 *       resetConnection}, {@code garbage}, {@code truncateBody}, {@code throttle}
 * </ol>
 *
 * <p>Two faults conflict when both replace or lose the response, or both are of one of these kinds:
 * {@code truncateBody}; {@code throttle}; {@code dateOffset} and {@code withoutDate}; {@code
 * staleReads}; {@code applyLate}. Different kinds combine: {@code throttle} and {@code
 * truncateBody} send the first bytes slowly and then close the connection, and a delay can come
 * before any response. When two conflict, the fault of the oldest matching rule applies, and that
 * of the other rule does not happen: it can still happen to a later request.
 *
 * <p>Faults are also applied to requests that the service would reject. Rules can be added and
 * ended at any time; this does not affect in-flight requests. Thread-safe.
 */
public final class Faults {

  /** How many rules that have ended {@link #rules()} still lists. */
  static final int MAX_ENDED = 1000;

  /** Those for requests, oldest first. */
  private final List<Rule> rules = new ArrayList<>();

  /** Oldest first. */
  private final List<LifecycleFaults.Rule> lifecycleRules = new ArrayList<>();

  /** In the order in which they ended. */
  private final Deque<FaultRule> ended = new ArrayDeque<>();

  private final ClusterStore clusters;
  private long lastId;
  private long occurrences;

  Faults(ClusterStore clusters) {
    this.clusters = clusters;
  }

  /**
   * Selects requests by operation.
   *
   * @param operations the operations; none for every request except token exchanges, including
   *     requests to unknown paths
   */
  public Selector on(Operation... operations) {
    Objects.requireNonNull(operations, "operations must not be null");
    Set<Operation> chosen = EnumSet.noneOf(Operation.class);
    chosen.addAll(List.of(operations));
    return new Selector(this, RequestFilter.of(Collections.unmodifiableSet(chosen)));
  }

  /**
   * Makes every token exchange fail with HTTP 503 until the returned rule is ended. Access tokens
   * issued before stay valid.
   */
  public Rule authenticationOutage() {
    return on(Operation.EXCHANGE_TOKEN).always(Fault.respond(503));
  }

  /** Selects every cluster of the simulator for faults of its lifecycle. */
  public LifecycleFaults lifecycle() {
    return new LifecycleFaults(this, "");
  }

  /** Selects the clusters with this ID, in any project or space, for faults of their lifecycle. */
  public LifecycleFaults lifecycle(String clusterId) {
    Objects.requireNonNull(clusterId, "clusterId must not be null");
    return new LifecycleFaults(this, RequestFilter.notEmpty(clusterId));
  }

  /**
   * The rules in the order in which they were added, those for the lifecycle too: all active ones,
   * and the 1,000 that ended last.
   */
  public synchronized List<FaultRule> rules() {
    return Stream.of(rules, lifecycleRules, ended)
        .<FaultRule>flatMap(Collection::stream)
        .sorted(Comparator.comparingLong(rule -> Long.parseLong(rule.id())))
        .toList();
  }

  /** The rule with this ID; empty when {@link #rules()} does not list it. */
  public Optional<FaultRule> rule(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return rules().stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /**
   * Ends all rules, those for the lifecycle too, and removes them from {@link #rules()}. {@link
   * #occurrences} is not affected.
   */
  public synchronized void clear() {
    rules.clear();
    lifecycleRules.clear();
    ended.clear();
    clusters.removeTransitionRules();
  }

  /** As {@link #clear}, with {@link #occurrences} at 0. */
  synchronized void reset() {
    clear();
    occurrences = 0;
  }

  /**
   * The number of faults that have happened to requests, including those of removed rules. Faults
   * of the lifecycle are not counted.
   */
  public synchronized long occurrences() {
    return occurrences;
  }

  /** The rules for requests that may still apply. */
  @Override
  public synchronized String toString() {
    return "Faults" + rules;
  }

  private synchronized Rule add(
      RequestFilter filter, FaultPlan plan, Rule.Choice choice, long maxTimes, long lastTurn) {
    Rule rule = new Rule(this, nextId(), filter, plan, choice, maxTimes, lastTurn);
    rules.add(rule);
    return rule;
  }

  synchronized LifecycleFaults.Rule add(TransitionRule transition) {
    LifecycleFaults.Rule rule = new LifecycleFaults.Rule(this, nextId(), clusters, transition);
    lifecycleRules.add(rule);
    clusters.add(transition);
    return rule;
  }

  private String nextId() {
    lastId++;
    return Long.toString(lastId);
  }

  private synchronized void remove(Rule rule) {
    if (rules.remove(rule)) {
      addEnded(rule);
    }
  }

  synchronized void remove(LifecycleFaults.Rule rule, TransitionRule transition) {
    if (lifecycleRules.remove(rule)) {
      clusters.remove(transition);
      addEnded(rule);
    }
  }

  private void addEnded(FaultRule rule) {
    ended.addLast(rule);
    if (ended.size() > MAX_ENDED) {
      ended.removeFirst();
    }
  }

  synchronized boolean isActive(FaultRule rule) {
    return rules.contains(rule) || lifecycleRules.contains(rule);
  }

  private synchronized long occurrences(Rule rule) {
    return rule.times;
  }

  private synchronized OptionalLong remaining(Rule rule) {
    if (!rules.contains(rule)) {
      return OptionalLong.of(0);
    }
    return rule.maxTimes == Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(rule.maxTimes - rule.times);
  }

  /**
   * Chooses the faults for a request. Must be called once for each request, because rules count
   * them.
   *
   * @param call null for a request to an unknown path
   */
  synchronized FaultPlan choose(HttpRequest request, @Nullable Call call) {
    FaultPlan all = FaultPlan.NONE;
    for (Rule rule : rules) {
      // Each rule counts its requests, also those with a conflicting fault of an older one.
      if (rule.matches(request, call) && rule.takesNext() && !all.conflictsWith(rule.plan)) {
        occurrences++;
        all = all.combinedWith(rule.happen());
      }
    }
    endSpent();
    return all;
  }

  private void endSpent() {
    for (Iterator<Rule> each = rules.iterator(); each.hasNext(); ) {
      Rule rule = each.next();
      if (rule.isSpent()) {
        each.remove();
        addEnded(rule);
      }
    }
  }

  /**
   * Selected requests, to which rules can be added. Created by {@link Faults#on}. Immutable; each
   * rule counts the requests from when it was added.
   *
   * <p>What can never happen is rejected with an {@link IllegalArgumentException}: a selector that
   * leaves no request to select, such as {@code on(DEPLOY).cluster("a")} or {@code
   * on(UPDATE).projects()}, and a rule whose fault does not apply to any selected request, such as
   * {@code on(GET).next(applyLate)}. Where a fault applies to some selected requests only, the rule
   * ignores the others.
   */
  public static final class Selector {

    private final Faults faults;
    private final RequestFilter filter;

    Selector(Faults faults, RequestFilter filter) {
      this.faults = faults;
      this.filter = filter;
    }

    /**
     * Selects only the requests whose path contains this cluster ID. The paths of deploy and list
     * contain none; see {@link #newId}.
     */
    public Selector cluster(String id) {
      Objects.requireNonNull(id, "id must not be null");
      return new Selector(faults, filter.withClusterId(id));
    }

    /**
     * Selects only the requests whose body contains this ID: deploy, clone, and update that renames
     * a cluster.
     */
    public Selector newId(String id) {
      Objects.requireNonNull(id, "id must not be null");
      return new Selector(faults, filter.withNewId(id));
    }

    /**
     * Selects only the requests with this header. Called for several headers, all must be there.
     *
     * @param name without regard to case
     * @param value the whole value; when the header was sent several times, that of one of them
     */
    public Selector header(String name, String value) {
      Objects.requireNonNull(name, "name must not be null");
      Objects.requireNonNull(value, "value must not be null");
      return new Selector(faults, filter.withHeader(name, value));
    }

    /**
     * Selects only the requests of the API version for projects, of early 2025: {@code /api/org}.
     */
    public Selector projects() {
      return apiVersion(ApiVersion.PROJECTS);
    }

    /** Selects only the requests of the newest API version for spaces: {@code /api/v1}. */
    public Selector spaces() {
      return apiVersion(ApiVersion.SPACES);
    }

    /** Selects only the requests of the API version of mid-2025 for spaces: {@code /api/team}. */
    public Selector earlySpaces() {
      return apiVersion(ApiVersion.EARLY_SPACES);
    }

    Selector apiVersion(ApiVersion version) {
      return new Selector(faults, filter.with(version));
    }

    Selector scope(CloudScope scope) {
      return new Selector(faults, filter.with(scope));
    }

    /** Selects only the requests for the clusters of this project. */
    public Selector project(String organization, String project) {
      Objects.requireNonNull(organization, "organization must not be null");
      Objects.requireNonNull(project, "project must not be null");
      return scope(CloudScope.project(organization, project));
    }

    /** Selects only the requests for the clusters of this space. */
    public Selector space(String team, String space) {
      Objects.requireNonNull(team, "team must not be null");
      Objects.requireNonNull(space, "space must not be null");
      return scope(CloudScope.space(team, space));
    }

    /** Applies the fault to the next request without a conflicting fault of an older rule. */
    public Rule next(Fault fault) {
      Objects.requireNonNull(fault, "fault must not be null");
      return next(1, fault);
    }

    /**
     * Applies the fault to the next requests without a conflicting fault of an older rule.
     *
     * @param count the number of requests; one or more
     */
    public Rule next(int count, Fault fault) {
      Objects.requireNonNull(fault, "fault must not be null");
      requirePositive(count);
      return add(fault, turn -> true, count, Long.MAX_VALUE);
    }

    /**
     * Applies the fault to the n-th request from now. If the n-th has a conflicting fault of an
     * older rule, this fault never happens.
     *
     * @param n one or more; 1 is the next request
     */
    public Rule nth(int n, Fault fault) {
      Objects.requireNonNull(fault, "fault must not be null");
      requirePositive(n);
      return add(fault, turn -> turn == n, 1, n);
    }

    /** Applies the fault to every request until the rule is ended. */
    public Rule always(Fault fault) {
      Objects.requireNonNull(fault, "fault must not be null");
      return add(fault, turn -> true, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * Applies the fault to random requests until the rule is ended. The same seed selects the same
     * requests, counted from now.
     *
     * @param part the probability, from 0 (never) to 1 (always)
     */
    public Rule randomly(double part, long seed, Fault fault) {
      Objects.requireNonNull(fault, "fault must not be null");
      if (!(part >= 0 && part <= 1)) {
        throw new IllegalArgumentException(
            "The probability %s is invalid; it must be from 0 to 1.".formatted(part));
      }
      SplittableRandom random = new SplittableRandom(seed);
      return add(fault, turn -> random.nextDouble() < part, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private Rule add(Fault fault, Rule.Choice choice, long maxTimes, long lastTurn) {
      FaultPlan plan = FaultPlan.of(fault);
      Set<Operation> selected = filter.possibleOperations();
      if (Collections.disjoint(selected, plan.operations())) {
        throw new ImpossibleFaultException(
            """
            %s can never take effect on %s, which selects only requests of %s. \
            It takes effect only on requests of %s: select some of these."""
                .formatted(plan, filter, selected, plan.operations()));
      }
      long times = Math.min(maxTimes, plan.maxTimes());
      return faults.add(filter, plan, choice, times, lastTurn);
    }

    private static void requirePositive(int number) {
      if (number < 1) {
        throw new IllegalArgumentException(
            "The number of requests is " + number + "; it must be 1 or more.");
      }
    }
  }

  /** A fault for requests that was added, with its count. Thread-safe. */
  public static final class Rule implements FaultRule {

    /** Decides whether a fault applies to a request. Called once for each request, in order. */
    interface Choice {
      boolean takes(long turn);
    }

    private final Faults faults;
    private final String id;
    private final RequestFilter filter;
    private final FaultPlan plan;
    private final Choice choice;
    private final long maxTimes;
    private final long lastTurn;
    private long turn;
    private long times;

    /**
     * Creates a rule. Its counts are guarded by the lock of the faults.
     *
     * @param maxTimes how often the fault happens at most
     * @param lastTurn the last request, counted from 1, to which the fault can apply
     */
    Rule(
        Faults faults,
        String id,
        RequestFilter filter,
        FaultPlan plan,
        Choice choice,
        long maxTimes,
        long lastTurn) {
      this.faults = faults;
      this.id = id;
      this.filter = filter;
      this.plan = plan;
      this.choice = choice;
      this.maxTimes = maxTimes;
      this.lastTurn = lastTurn;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String description() {
      return plan + " on " + filter;
    }

    @Override
    public boolean isActive() {
      return faults.isActive(this);
    }

    @Override
    public long occurrences() {
      return faults.occurrences(this);
    }

    @Override
    public OptionalLong remaining() {
      return faults.remaining(this);
    }

    @Override
    public void remove() {
      faults.remove(this);
    }

    /** The description. */
    @Override
    public String toString() {
      return description();
    }

    /** Whether the rule selects this request; the call is null for an unknown path. */
    boolean matches(HttpRequest request, @Nullable Call call) {
      return filter.matches(request, call) && plan.appliesTo(call);
    }

    /** Counts one more request and returns whether the fault is meant for it. */
    boolean takesNext() {
      turn++;
      return choice.takes(turn);
    }

    FaultPlan happen() {
      times++;
      return plan;
    }

    boolean isSpent() {
      return times >= maxTimes || turn >= lastTurn;
    }
  }
}
