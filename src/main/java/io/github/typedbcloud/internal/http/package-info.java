/**
 * Sends one HTTP request over OkHttp. Knows methods, paths, headers and bodies, and nothing of the
 * API.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.http.HttpTransport}.
 */
@NullMarked
package io.github.typedbcloud.internal.http;

import org.jspecify.annotations.NullMarked;
