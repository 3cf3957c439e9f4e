package dev.carillon.control;

/**
 * Asks a node for the channels that its clients are subscribed to.
 *
 * @param pattern of their names, with {@code *} for any characters; empty for all
 * @param limit the most that are listed
 */
public record ChannelsQuestion(String pattern, int limit) {}
