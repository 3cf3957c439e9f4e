package dev.carillon.control;

import dev.carillon.channel.StreamPosition;
import dev.carillon.channel.SubscriptionGrant;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes connections to a channel, as if their tokens had named it.
 *
 * @param expireAt when the subscription ends, in seconds since 1970; 0 for never
 * @param since from where on the client gets what it has missed; null for nothing
 */
public record SubscribeOrder(
    Target target,
    String channel,
    SubscriptionGrant grant,
    long expireAt,
    @Nullable StreamPosition since)
    implements Order {}
