/**
 * Executes a call from its first attempt to its result: retries, backoff, and the verification of
 * writes whose outcome is unknown.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.call.CallExecutor}.
 */
@NullMarked
package io.github.typedbcloud.internal.call;

import org.jspecify.annotations.NullMarked;
