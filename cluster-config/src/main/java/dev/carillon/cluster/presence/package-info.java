/** Presence as a map of the data grid: one entry for each channel, changed where it is kept. */
@NullMarked
package dev.carillon.cluster.presence;

import org.jspecify.annotations.NullMarked;
