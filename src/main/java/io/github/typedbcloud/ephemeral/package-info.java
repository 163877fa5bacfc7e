/**
 * Clusters for tests, on the service or on a simulator, that leave nothing behind: start at {@link
 * io.github.typedbcloud.ephemeral.EphemeralClusters}.
 *
 * <p>May use: everything but the simulator.
 */
@NullMarked
package io.github.typedbcloud.ephemeral;

import org.jspecify.annotations.NullMarked;
