package io.github.typedbcloud.internal.call;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last write of a client to a cluster that succeeded. A read that follows may not show it yet.
 *
 * @param createdAt of the cluster in its result; null when that was unknown
 * @param appearedAt when the ID was deployed, cloned or renamed to, by the client's monotonic
 *     clock; null when this client did not
 * @param isDestroy whether the write destroys the cluster
 * @param at when the write succeeded, by the client's monotonic clock
 */
public record OwnWrite(
    @Nullable Instant createdAt, @Nullable Duration appearedAt, boolean isDestroy, Duration at) {}
