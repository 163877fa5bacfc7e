/**
 * The one source of time that the client and the simulator share: the machine's, or one that a test
 * moves by hand.
 *
 * <p>May use: nothing of ours.
 */
@NullMarked
package io.github.typedbcloud.time;

import org.jspecify.annotations.NullMarked;
