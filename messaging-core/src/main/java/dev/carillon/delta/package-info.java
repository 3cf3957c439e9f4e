/** Payloads as patches to the payload before them, in the delta format of Fossil. Pure. */
@NullMarked
package dev.carillon.delta;

import org.jspecify.annotations.NullMarked;
