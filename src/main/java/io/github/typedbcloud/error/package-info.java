/**
 * The exceptions. All are unchecked subtypes of {@link
 * io.github.typedbcloud.error.TypeDBCloudException}, which is sealed, so that a switch or a chain
 * of catches can cover every case.
 *
 * <p>Messages are human-readable: they say what happened, to what, and what to do next, and they
 * never contain a credential or a token. Programs should use the getters.
 */
@NullMarked
package io.github.typedbcloud.error;

import org.jspecify.annotations.NullMarked;
