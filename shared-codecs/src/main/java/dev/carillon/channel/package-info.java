/** The values of a channel: what is published, by whom, and at which position. */
@NullMarked
package dev.carillon.channel;

import org.jspecify.annotations.NullMarked;
