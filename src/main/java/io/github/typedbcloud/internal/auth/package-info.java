/**
 * Access tokens: exchanged once for all threads, cached, and renewed before they expire.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.auth.TokenManager}.
 */
@NullMarked
package io.github.typedbcloud.internal.auth;

import org.jspecify.annotations.NullMarked;
