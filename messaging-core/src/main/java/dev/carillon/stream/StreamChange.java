package dev.carillon.stream;

import dev.carillon.channel.StreamPosition;

/** The stream of this channel stands at this position since its last change. */
public record StreamChange(String channel, StreamPosition top) {}
