/** Carries the Centrifuge protocol over WebSocket: frames, the transport, and its HTTP route. */
@NullMarked
package dev.carillon.chat;

import org.jspecify.annotations.NullMarked;
