/** What presence leaves the process as. */
@NullMarked
package dev.carillon.cluster.presence;

import org.jspecify.annotations.NullMarked;
