/**
 * Polling clusters until they are where they should be, or cannot get there.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.wait.WaitCoordinator}: it keeps, for each scope
 * in which anybody waits, one thread that polls for all who wait there.
 *
 * <p>May use: model, error, time.
 */
@NullMarked
package io.github.typedbcloud.internal.wait;

import org.jspecify.annotations.NullMarked;
