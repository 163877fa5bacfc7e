/**
 * The documented rules of requests, as functions from a request to its violations.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.validation.RequestRules}.
 */
@NullMarked
package io.github.typedbcloud.internal.validation;

import org.jspecify.annotations.NullMarked;
