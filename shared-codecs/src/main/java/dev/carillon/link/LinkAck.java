package dev.carillon.link;

import dev.carillon.wire.Incarnation;

/**
 * The receiver has every frame up to this one, or knows that it is lost.
 *
 * @param from who received
 * @param link which life of the link to it
 * @param sequence of the last frame
 */
public record LinkAck(Incarnation from, long link, long sequence) {}
