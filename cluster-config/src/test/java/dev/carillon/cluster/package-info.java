/** Nodes in one process and in several, on real Hazelcast and a real bus. */
@NullMarked
package dev.carillon.cluster;

import org.jspecify.annotations.NullMarked;
