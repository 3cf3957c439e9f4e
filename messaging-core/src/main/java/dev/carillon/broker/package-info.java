/**
 * The broker and the feed of a node: the pure machines of {@code dev.carillon.stream} put on event
 * loops, between the hubs on one side and streams and links on the other.
 */
@NullMarked
package dev.carillon.broker;

import org.jspecify.annotations.NullMarked;
