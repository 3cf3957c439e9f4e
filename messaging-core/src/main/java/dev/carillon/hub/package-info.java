/**
 * The shell round the pure machines: one hub for each event loop, one client connection for each
 * transport. Everything here runs on the event loop that owns it.
 */
@NullMarked
package dev.carillon.hub;

import org.jspecify.annotations.NullMarked;
