package dev.carillon.control;

/**
 * Ends subscriptions; the SDK does not subscribe again.
 *
 * @param channel the one to leave; empty for all
 */
public record UnsubscribeOrder(Target target, String channel) implements Order {}
