/**
 * Tells listeners and the log what a client does.
 *
 * <p>May use: model, error, event, time, internal.api.
 */
@NullMarked
package io.github.typedbcloud.internal.listeners;

import org.jspecify.annotations.NullMarked;
