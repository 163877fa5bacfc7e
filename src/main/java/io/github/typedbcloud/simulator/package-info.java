/**
 * A TypeDB Cloud in a process, for the tests of users and for our examples: real state behind real
 * HTTP on the loopback interface, both versions of the API.
 *
 * <p>Start at {@link io.github.typedbcloud.simulator.TypeDBCloudSimulator}. It is a peer of the
 * client and no mirror: it shares no code with it but the source of time, so that a misspelt field
 * cannot pass both.
 *
 * <p>May use: time.
 */
@NullMarked
package io.github.typedbcloud.simulator;

import org.jspecify.annotations.NullMarked;
