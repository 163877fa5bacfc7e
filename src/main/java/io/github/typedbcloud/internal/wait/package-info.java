/**
 * Polling a cluster until it is where it should be, or cannot get there.
 *
 * <p>May use: model, error, time.
 */
@NullMarked
package io.github.typedbcloud.internal.wait;

import org.jspecify.annotations.NullMarked;
