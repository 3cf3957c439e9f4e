/** Terms: which core nodes may serve together, so that what was acknowledged is never forgotten. */
@NullMarked
package dev.carillon.cluster.terms;

import org.jspecify.annotations.NullMarked;
