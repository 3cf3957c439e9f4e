/** Invariants that a history must keep. */
@NullMarked
package dev.carillon.chaos.check;

import org.jspecify.annotations.NullMarked;
