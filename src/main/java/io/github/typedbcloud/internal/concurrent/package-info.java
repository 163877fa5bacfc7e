/**
 * Asynchronous work: where it runs, how it is chained, and how it is cancelled.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.concurrent.TaskExecutor}.
 */
@NullMarked
package io.github.typedbcloud.internal.concurrent;

import org.jspecify.annotations.NullMarked;
