package io.github.typedbcloud.simulator;

/**
 * A fault that was added to a {@link TypeDBCloudSimulator}, for requests or for the lifecycle of
 * clusters. Thread-safe.
 */
public sealed interface FaultRule permits Faults.Rule, LifecycleFaults.Rule {

  /** The ID, unique in its simulator. */
  String id();

  /** The fault and what it applies to, in words. */
  String description();

  /** Whether it may still happen: it was neither removed nor has it happened often enough. */
  boolean isActive();

  /** How often it has happened. */
  long occurrences();

  /** Ends this rule. Ending it twice does nothing. */
  void remove();
}
