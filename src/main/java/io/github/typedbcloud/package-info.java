/**
 * The TypeDB Cloud administration API, typed. Start at {@link
 * io.github.typedbcloud.TypeDBCloudClient}.
 */
@NullMarked
package io.github.typedbcloud;

import org.jspecify.annotations.NullMarked;
