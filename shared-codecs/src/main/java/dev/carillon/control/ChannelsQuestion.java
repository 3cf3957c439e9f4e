package dev.carillon.control;

/**
 * Asks a node for the channels that its clients are subscribed to.
 *
 * @param pattern of their names, with {@code *} for any characters; empty for all
 * @param after only names that come after this one, in the order of {@link String#compareTo}; empty
 *     for all
 * @param limit the most that are listed, the first in that order
 */
public record ChannelsQuestion(String pattern, String after, int limit) {}
