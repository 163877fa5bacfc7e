/**
 * Work that nobody waits for on a thread: where it runs, and how it is stopped.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.concurrent.TaskExecutor}.
 *
 * <p>May use: nothing of ours.
 */
@NullMarked
package io.github.typedbcloud.internal.concurrent;

import org.jspecify.annotations.NullMarked;
