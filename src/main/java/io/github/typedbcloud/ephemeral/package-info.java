/**
 * Clusters for tests, in an account or on a simulator, that are destroyed after use: start at
 * {@link io.github.typedbcloud.ephemeral.EphemeralClusters}.
 */
@NullMarked
package io.github.typedbcloud.ephemeral;

import org.jspecify.annotations.NullMarked;
