/** The pure machines, alone and in simulated worlds. */
@NullMarked
package dev.carillon.stream;

import org.jspecify.annotations.NullMarked;
