/**
 * JUnit 5 extensions: {@link io.github.typedbcloud.junit.TypeDBCloudTest} injects a simulator and a
 * client, {@link io.github.typedbcloud.junit.SimulatorExtension} shares a simulator between the
 * tests of a class, {@link io.github.typedbcloud.junit.EphemeralClusterExtension} a running
 * cluster. JUnit is an optional dependency: users of this package already have it.
 */
@NullMarked
package io.github.typedbcloud.junit;

import org.jspecify.annotations.NullMarked;
