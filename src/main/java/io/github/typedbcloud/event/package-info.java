/**
 * What a client tells of its work: implement {@link io.github.typedbcloud.event.OperationListener}
 * and give it to the client's builder.
 *
 * <p>May use: model.
 */
@NullMarked
package io.github.typedbcloud.event;

import org.jspecify.annotations.NullMarked;
