/**
 * The HTTP/1.1 server of the simulator. Knows nothing of TypeDB Cloud.
 *
 * <p>It is our own because the faults of the simulator need what no other server offers: the JDK's
 * server overwrites {@code Date}, which must agree with {@code createdAt}, and a mock server cannot
 * reset a connection, drip a response with its head, or cut a body at a byte.
 *
 * <p>Start at {@link io.github.typedbcloud.internal.httpserver.HttpServer}.
 */
@NullMarked
package io.github.typedbcloud.internal.httpserver;

import org.jspecify.annotations.NullMarked;
