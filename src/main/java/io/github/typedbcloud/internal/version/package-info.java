/**
 * The version of the library, for each part that names it. Start at {@link
 * io.github.typedbcloud.internal.version.LibraryVersion}.
 */
@NullMarked
package io.github.typedbcloud.internal.version;

import org.jspecify.annotations.NullMarked;
