/** What clients saw, in the order in which they saw it, and the file that keeps it. */
@NullMarked
package dev.carillon.chaos.history;

import org.jspecify.annotations.NullMarked;
