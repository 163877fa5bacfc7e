/**
 * The events of a client: implement {@link io.github.typedbcloud.event.OperationListener} and pass
 * it to the client's builder.
 */
@NullMarked
package io.github.typedbcloud.event;

import org.jspecify.annotations.NullMarked;
