/**
 * The clock of the client and the simulator: the system clock, or one that a test advances.
 *
 * <p>Start at {@link io.github.typedbcloud.time.TimeSource}.
 */
@NullMarked
package io.github.typedbcloud.time;

import org.jspecify.annotations.NullMarked;
