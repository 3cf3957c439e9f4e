/** Filters of tags: what clients write is checked once, and then tells which publications pass. */
@NullMarked
package dev.carillon.filter;

import org.jspecify.annotations.NullMarked;
