/** The house rules of docs/STYLE.md that a machine can check, run as a test over the whole tree. */
@NullMarked
package dev.carillon.tidy;

import org.jspecify.annotations.NullMarked;
