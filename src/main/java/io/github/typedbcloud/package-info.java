/**
 * The TypeDB Cloud administration API, typed. Start at {@link
 * io.github.typedbcloud.TypeDBCloudClient}.
 *
 * <p>May use: everything but the simulator. Nothing imports this package.
 */
@NullMarked
package io.github.typedbcloud;

import org.jspecify.annotations.NullMarked;
