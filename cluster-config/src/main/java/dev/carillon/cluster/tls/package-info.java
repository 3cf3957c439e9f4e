/** Certificates of the nodes: how they are made, read and checked. */
@NullMarked
package dev.carillon.cluster.tls;

import org.jspecify.annotations.NullMarked;
