/** Keeps the cluster's table of sessions from what every process tells about its own. */
@NullMarked
package dev.carillon.heartbeat;

import org.jspecify.annotations.NullMarked;
