package dev.carillon.link;

import dev.carillon.wire.Incarnation;

/**
 * Sent once a second behind the frames, and answered with a {@link LinkAck}: tells that the sender
 * lives, and lets the receiver notice that the last frames were lost.
 *
 * @param from who sends it
 * @param link this life of the link
 * @param sequence of the last frame that was sent before it; 0 for none
 */
public record LinkPing(Incarnation from, long link, long sequence) {}
