package dev.carillon.channel;

/** An event and the channel it happened in: what travels between nodes. */
public record ChannelDelivery(String channel, ChannelEvent event) {}
