/**
 * JSON text to plain maps, lists, texts and numbers, and back.
 *
 * <p>May use: model.
 */
@NullMarked
package io.github.typedbcloud.internal.json;

import org.jspecify.annotations.NullMarked;
