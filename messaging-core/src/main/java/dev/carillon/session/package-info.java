/**
 * One client's side of the protocol as pure machines: no socket, timer or clock. Time, chance and
 * outcomes come in as arguments, what shall happen goes out through {@link
 * dev.carillon.session.Effects}.
 */
@NullMarked
package dev.carillon.session;

import org.jspecify.annotations.NullMarked;
