/** Frames, the take-over and the hub, each on real bytes. */
@NullMarked
package dev.carillon.chat;

import org.jspecify.annotations.NullMarked;
