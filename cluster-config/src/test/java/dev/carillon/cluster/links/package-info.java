/** Links over a real clustered event bus. */
@NullMarked
package dev.carillon.cluster.links;

import org.jspecify.annotations.NullMarked;
