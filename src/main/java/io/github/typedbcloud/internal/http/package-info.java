/**
 * One attempt of one call over HTTP, what came of it as data, and the exception that it means.
 *
 * <p>May use: model, error, time, internal.api, internal.json.
 */
@NullMarked
package io.github.typedbcloud.internal.http;

import org.jspecify.annotations.NullMarked;
