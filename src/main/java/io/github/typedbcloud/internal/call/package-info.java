/**
 * A call from its first stage to its last.
 *
 * <p>May use: model, error, event, time, internal.listeners, internal.api, internal.json,
 * internal.http, internal.auth, internal.settle.
 */
@NullMarked
package io.github.typedbcloud.internal.call;

import org.jspecify.annotations.NullMarked;
