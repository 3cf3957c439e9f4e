/** Reads the configuration of another server of the same protocol, Centrifugo 6. */
@NullMarked
package dev.carillon.launch.centrifugo;

import org.jspecify.annotations.NullMarked;
