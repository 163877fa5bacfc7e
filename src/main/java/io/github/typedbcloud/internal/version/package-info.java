/**
 * The version of this library, and the check of those that it uses. Start at {@link
 * io.github.typedbcloud.internal.version.Dependencies}.
 */
@NullMarked
package io.github.typedbcloud.internal.version;

import org.jspecify.annotations.NullMarked;
