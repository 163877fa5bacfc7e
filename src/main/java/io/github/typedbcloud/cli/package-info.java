/**
 * The commands of the runnable jar: a simulator as a process, and the sweeper.
 *
 * <p>May use: everything.
 */
@NullMarked
package io.github.typedbcloud.cli;

import org.jspecify.annotations.NullMarked;
