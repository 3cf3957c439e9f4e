/** The Centrifuge client protocol: bytes on one side, values on the other. See docs/PROTOCOL.md. */
@NullMarked
package dev.carillon.protocol;

import org.jspecify.annotations.NullMarked;
