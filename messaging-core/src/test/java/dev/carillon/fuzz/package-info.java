/** Coverage-guided fuzzing: targets, their inputs, and runs in processes of their own. */
@NullMarked
package dev.carillon.fuzz;

import org.jspecify.annotations.NullMarked;
