/** Streams in Redis: one script for each operation, over connections that are watched. */
@NullMarked
package dev.carillon.redis;

import org.jspecify.annotations.NullMarked;
