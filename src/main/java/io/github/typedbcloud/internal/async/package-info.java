/**
 * Work that nobody waits for on a thread: where it runs, and how it is stopped.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.async.Tasks}.
 *
 * <p>May use: nothing of ours.
 */
@NullMarked
package io.github.typedbcloud.internal.async;

import org.jspecify.annotations.NullMarked;
