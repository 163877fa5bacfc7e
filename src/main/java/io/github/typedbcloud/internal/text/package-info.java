/**
 * Makes text from a peer, or from a user, safe to show in messages, logs and events.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.text.Secrets}, which masks, and {@link
 * io.github.typedbcloud.internal.text.CleanText}, which escapes and bounds.
 */
@NullMarked
package io.github.typedbcloud.internal.text;

import org.jspecify.annotations.NullMarked;
