/**
 * An in-process TypeDB Cloud for the tests of users and for examples: stateful clusters behind real
 * HTTP on the loopback interface, in all versions of the API.
 *
 * <p>Start at {@link io.github.typedbcloud.simulator.TypeDBCloudSimulator}. The simulator is a peer
 * of the client, not a mirror: the two share only the source of time, so a misspelt field name in
 * one of them fails the tests.
 */
@NullMarked
package io.github.typedbcloud.simulator;

import org.jspecify.annotations.NullMarked;
