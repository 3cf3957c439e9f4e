/** Tests of terms. */
@NullMarked
package dev.carillon.cluster.terms;

import org.jspecify.annotations.NullMarked;
