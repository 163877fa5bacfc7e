/**
 * The family of exceptions: all unchecked, all under {@link
 * io.github.typedbcloud.error.TypeDBCloudException}, which is sealed, so that a switch or a chain
 * of catches can cover every case.
 *
 * <p>Messages are for people: they say what happened, to what, and what to do next, and they never
 * hold a credential or a token. Programs read the accessors.
 *
 * <p>May use: model, validation.
 */
@NullMarked
package io.github.typedbcloud.error;

import org.jspecify.annotations.NullMarked;
