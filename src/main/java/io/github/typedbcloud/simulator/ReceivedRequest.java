package io.github.typedbcloud.simulator;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One request that reached a {@link TypeDBCloudSimulator}, as far as it has come; without secrets.
 *
 * @param operation what it asked for; empty when its method and path ask for nothing that there is
 * @param path as it was sent, percent-encoding and all, without the query; at most its first 1,000
 *     characters
 * @param processed whether the service has processed it, with whatever success; false while it
 *     waits for that and when a {@link Fault} kept it from being processed
 * @param status of the answer; empty before there is one and when a {@link Fault} loses it
 */
public record ReceivedRequest(
    Optional<Operation> operation,
    String method,
    String path,
    boolean processed,
    OptionalInt status) {}
