package io.github.typedbcloud.simulator;

import java.util.OptionalLong;

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

  /** How often it may still happen: 0 when it has ended, empty without a limit. */
  OptionalLong remaining();

  /** Ends this rule. Ending it twice does nothing. */
  void remove();
}
