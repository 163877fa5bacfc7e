/**
 * Metrics of a client: {@link io.github.typedbcloud.micrometer.MicrometerListener}. Micrometer is
 * an optional dependency: users of this package already have it.
 */
@NullMarked
package io.github.typedbcloud.micrometer;

import org.jspecify.annotations.NullMarked;
