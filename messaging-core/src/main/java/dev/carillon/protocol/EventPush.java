package dev.carillon.protocol;

import dev.carillon.channel.ChannelEvent;

/** A publication, a join or a leave. */
public record EventPush(String channel, ChannelEvent event) implements Push {}
