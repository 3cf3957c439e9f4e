/** The node: how it finds the others, agrees with them, serves, and leaves. */
@NullMarked
package dev.carillon.cluster;

import org.jspecify.annotations.NullMarked;
