/**
 * Access tokens: exchanged once for all threads, kept, renewed before they expire.
 *
 * <p>May use: error, event, time, internal.listeners, internal.api, internal.http, internal.json.
 */
@NullMarked
package io.github.typedbcloud.internal.auth;

import org.jspecify.annotations.NullMarked;
