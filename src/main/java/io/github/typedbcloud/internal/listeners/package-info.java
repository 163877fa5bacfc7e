/**
 * Notifies listeners and the log of what a client does.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.listeners.ListenerDispatcher}.
 */
@NullMarked
package io.github.typedbcloud.internal.listeners;

import org.jspecify.annotations.NullMarked;
