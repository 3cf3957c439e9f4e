/** The cluster's table of sessions: its rows, the beats that feed it, and the end of a session. */
@NullMarked
package dev.carillon.sessions;

import org.jspecify.annotations.NullMarked;
