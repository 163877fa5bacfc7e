/**
 * Terminal output: {@link io.github.typedbcloud.console.ConsoleProgress} prints the progress of a
 * wait.
 */
@NullMarked
package io.github.typedbcloud.console;

import org.jspecify.annotations.NullMarked;
