/**
 * How values leave the process: one version byte, one fixed id per type, explicit codecs, and the
 * typed addresses of the event bus. Java serialisation is not used.
 */
@NullMarked
package dev.carillon.wire;

import org.jspecify.annotations.NullMarked;
