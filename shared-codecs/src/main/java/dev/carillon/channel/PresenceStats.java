package dev.carillon.channel;

/** How many clients and how many distinct users are in a channel. */
public record PresenceStats(int clients, int users) {}
