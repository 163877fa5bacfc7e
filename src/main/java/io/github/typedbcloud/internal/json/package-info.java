/**
 * Reads and writes JSON without databind.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.json.FieldReader}, through which the models
 * read their fields, and {@link io.github.typedbcloud.internal.json.Json}.
 */
@NullMarked
package io.github.typedbcloud.internal.json;

import org.jspecify.annotations.NullMarked;
