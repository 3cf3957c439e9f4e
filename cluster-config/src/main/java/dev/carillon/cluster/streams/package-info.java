/**
 * Streams as entries of the map {@code carillon.streams}: one entry for each channel, changed only
 * by entry processors on the thread of its partition.
 */
@NullMarked
package dev.carillon.cluster.streams;

import org.jspecify.annotations.NullMarked;
