package dev.carillon.channel;

/**
 * What a token, or the server, gives to one subscription.
 *
 * @param info JSON about the subscriber that other clients see; empty when there is none
 * @param data JSON that the client gets with the subscription; empty when there is none
 * @param override options of the namespace that are different for this subscription
 */
public record SubscriptionGrant(Bytes info, Bytes data, OptionOverride override) {

  /** The right to subscribe and nothing else. */
  public static final SubscriptionGrant PLAIN =
      new SubscriptionGrant(Bytes.EMPTY, Bytes.EMPTY, OptionOverride.NONE);
}
