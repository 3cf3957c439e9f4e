package dev.carillon.channel;

/** A client subscribed to the channel. Delivered at most once, not ordered with publications. */
public record Join(ClientInfo info) implements ChannelEvent {}
