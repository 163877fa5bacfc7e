/**
 * The API as data: its operations and versions, the calls that can be made, and what each response
 * means.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.api.Operation} for requests and at {@link
 * io.github.typedbcloud.internal.api.ResponseClassifier} for responses.
 */
@NullMarked
package io.github.typedbcloud.internal.api;

import org.jspecify.annotations.NullMarked;
