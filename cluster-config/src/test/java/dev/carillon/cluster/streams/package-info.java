/** Streams on real members of Hazelcast. */
@NullMarked
package dev.carillon.cluster.streams;

import org.jspecify.annotations.NullMarked;
