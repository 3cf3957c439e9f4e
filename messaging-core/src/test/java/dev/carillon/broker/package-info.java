/**
 * The ports in the memory of one process, for the tests of every module, and the contract suites
 * that all implementations of the ports inherit.
 */
@NullMarked
package dev.carillon.broker;

import org.jspecify.annotations.NullMarked;
