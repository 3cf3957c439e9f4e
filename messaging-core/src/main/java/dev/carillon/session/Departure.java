package dev.carillon.session;

import dev.carillon.channel.ClientInfo;

/**
 * The end of a subscription, as others notice it.
 *
 * @param presence whether the client has to be removed from those who are present
 * @param leave whether to tell the subscribers, after that
 */
public record Departure(String channel, ClientInfo info, boolean presence, boolean leave) {}
