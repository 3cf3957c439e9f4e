package dev.carillon.channel;

/** What can happen in a channel and is pushed to its subscribers. */
public sealed interface ChannelEvent permits Publication, Join, Leave {}
