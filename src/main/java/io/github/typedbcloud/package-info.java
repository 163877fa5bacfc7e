/**
 * A typed client of the TypeDB Cloud administration API. Start at {@link
 * io.github.typedbcloud.TypeDBCloudClient}.
 */
@NullMarked
package io.github.typedbcloud;

import org.jspecify.annotations.NullMarked;
