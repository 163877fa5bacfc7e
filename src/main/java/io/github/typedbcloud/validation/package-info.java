/**
 * The documented rules of requests, as functions from a request to its violations, and the catalog
 * of providers, machine types and regions as data.
 *
 * <p>Rules change nothing and send nothing. The catalog ships with the library, one for each
 * generation of the API, and can be extended or replaced without waiting for a release.
 *
 * <p>May use: model, internal.json.
 */
@NullMarked
package io.github.typedbcloud.validation;

import org.jspecify.annotations.NullMarked;
