package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.Result.Kind;
import io.github.typedbcloud.model.Cluster;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How to verify a write whose outcome is unknown. Made by {@link WriteVerifications}.
 *
 * @param read reads one cluster, or all clusters of the scope
 * @param list reads the scope, to check that it exists
 * @param targetId the ID of the cluster that shows the outcome
 * @param target the same, for messages
 * @param rule what the reads show; a cluster that does not exist is an empty snapshot
 * @param echoes the rejections of a first attempt that may be caused by its own success, because a
 *     proxy sent it twice
 * @param isOwn whether the reads show the result of the write itself after such a rejection
 */
public record WriteVerification(
    ApiCall<List<Cluster>> read,
    ApiCall<List<Cluster>> list,
    String targetId,
    String target,
    Function<ReadHistory, WriteOutcome> rule,
    Set<Kind> echoes,
    Predicate<ReadHistory> isOwn) {}
