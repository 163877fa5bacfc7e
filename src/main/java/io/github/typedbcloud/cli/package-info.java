/**
 * The command line of the runnable jar: the simulator as a process, and the sweep of leftover
 * ephemeral clusters. Start at {@link io.github.typedbcloud.cli.Main}.
 */
@NullMarked
package io.github.typedbcloud.cli;

import org.jspecify.annotations.NullMarked;
