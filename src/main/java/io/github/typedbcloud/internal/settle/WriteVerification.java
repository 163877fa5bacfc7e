package io.github.typedbcloud.internal.settle;

import io.github.typedbcloud.internal.api.ApiRequest;
import java.util.function.Function;

/**
 * How to find out whether a write was done.
 *
 * @param read the call that shows it: one cluster, or all of the scope
 * @param target names to people the cluster that shows it
 * @param rule what its answer says; a cluster that is absent is an empty reading
 */
public record WriteVerification(
    ApiRequest read, String target, Function<Snapshot, WriteOutcome> rule) {

  /** What a reading says of the write. */
  public WriteOutcome judge(Snapshot reading) {
    return rule.apply(reading);
  }
}
