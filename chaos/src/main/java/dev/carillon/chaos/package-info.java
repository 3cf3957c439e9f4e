/** The fault lab: a cluster of real processes, faults by a seed, and the verdict of a checker. */
@NullMarked
package dev.carillon.chaos;

import org.jspecify.annotations.NullMarked;
