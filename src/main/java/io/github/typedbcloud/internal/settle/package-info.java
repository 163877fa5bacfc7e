/**
 * How a reading of the clusters tells whether a write of unknown outcome was done.
 *
 * <p>May use: model, internal.api.
 */
@NullMarked
package io.github.typedbcloud.internal.settle;

import org.jspecify.annotations.NullMarked;
