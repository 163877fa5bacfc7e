package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.model.ClusterStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last write of the client to the cluster that is awaited, which polls may not show yet.
 *
 * @param createdAt of the cluster that it wrote to; null when that is unknown
 * @param creationVisibleBy until when polls may not show a cluster that the client deployed, cloned
 *     or renamed to this ID, by the client's monotonic clock; zero when it did not
 * @param before the stable status that the write ended, which polls may still show; null for none
 * @param stateVisibleBy until when polls may show the state before the write
 */
public record RecentWrite(
    @Nullable Instant createdAt,
    @Nullable ClusterStatus before,
    Duration creationVisibleBy,
    Duration stateVisibleBy) {}
