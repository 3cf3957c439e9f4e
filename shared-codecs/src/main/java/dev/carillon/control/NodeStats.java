package dev.carillon.control;

/**
 * What a node has. Users and channels that are on several nodes are counted on each of them.
 *
 * @param clients connections that are past their connect
 * @param users different users of these
 * @param channels that a client of the node is subscribed to
 * @param subscriptions of all clients
 * @param uptime milliseconds since the node was started
 */
public record NodeStats(int clients, int users, int channels, int subscriptions, long uptime) {}
