/**
 * A JUnit 5 extension: {@link io.github.typedbcloud.junit.TypeDBCloudTest} gives a test a simulator
 * and a client of it, {@link io.github.typedbcloud.junit.EphemeralClusterExtension} a cluster.
 * JUnit is an optional dependency: who uses this package has it.
 *
 * <p>May use: everything.
 */
@NullMarked
package io.github.typedbcloud.junit;

import org.jspecify.annotations.NullMarked;
