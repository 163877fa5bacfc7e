package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.model.Cluster;
import java.util.List;
import java.util.function.Function;

/**
 * How to verify a write whose outcome is unknown.
 *
 * @param read reads one cluster, or all clusters of the scope
 * @param target the cluster that shows the outcome, for messages
 * @param rule what a snapshot shows; a cluster that does not exist is an empty snapshot
 */
public record WriteVerification(
    ApiCall<List<Cluster>> read, String target, Function<Snapshot, WriteOutcome> rule) {}
