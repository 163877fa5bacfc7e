/**
 * The surface of the API as facts: its operations, its two generations, and the paths of their
 * calls. A new operation starts here.
 *
 * <p>May use: model, validation, error.
 */
@NullMarked
package io.github.typedbcloud.internal.api;

import org.jspecify.annotations.NullMarked;
