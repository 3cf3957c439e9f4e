/** The links between nodes, over three addresses of each node on the clustered event bus. */
@NullMarked
package dev.carillon.cluster.links;

import org.jspecify.annotations.NullMarked;
