/** Nodes as processes, the network between them, and what can be done to both. */
@NullMarked
package dev.carillon.chaos.lab;

import org.jspecify.annotations.NullMarked;
