package dev.carillon.channel;

/** A client left the channel. Delivered at most once, not ordered with publications. */
public record Leave(ClientInfo info) implements ChannelEvent {}
