/** What the table of sessions leaves the process as. */
@NullMarked
package dev.carillon.cluster.sessions;

import org.jspecify.annotations.NullMarked;
