/**
 * How requests are validated: how much is validated, the violations that were found, and the
 * catalog of providers, machine types and regions.
 *
 * <p>Requests are validated before they are sent, and by the {@code validate} methods of {@code
 * ClustersApi}. The catalogs of project and space scopes ship with the library, and can be extended
 * or replaced without waiting for a release.
 */
@NullMarked
package io.github.typedbcloud.validation;

import org.jspecify.annotations.NullMarked;
