/** Clients that publish, subscribe and recover, and write down what they saw. */
@NullMarked
package dev.carillon.chaos.load;

import org.jspecify.annotations.NullMarked;
