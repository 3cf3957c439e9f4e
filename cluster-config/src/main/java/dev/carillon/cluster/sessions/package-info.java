/** The table of sessions as a map of the data grid, queried where its rows are. */
@NullMarked
package dev.carillon.cluster.sessions;

import org.jspecify.annotations.NullMarked;
