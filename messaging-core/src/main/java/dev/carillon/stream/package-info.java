/**
 * The pure machines behind streams and links: what is stored, in which order it is delivered, and
 * how much may be under way. No clock, no socket, no store: time and outcomes are arguments.
 */
@NullMarked
package dev.carillon.stream;

import org.jspecify.annotations.NullMarked;
