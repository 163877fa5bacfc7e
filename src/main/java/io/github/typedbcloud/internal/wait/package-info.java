/**
 * Polls clusters until they have the awaited status, or cannot get it.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.wait.WaitCoordinator}: for each scope with
 * waits it keeps one thread, whose polls all of them share.
 */
@NullMarked
package io.github.typedbcloud.internal.wait;

import org.jspecify.annotations.NullMarked;
