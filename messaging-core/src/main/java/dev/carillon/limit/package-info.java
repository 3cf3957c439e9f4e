/** Rates that outsiders can't exceed, in tables that outsiders can't grow. Pure: time is given. */
@NullMarked
package dev.carillon.limit;

import org.jspecify.annotations.NullMarked;
