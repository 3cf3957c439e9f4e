package dev.carillon.token;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.SubscriptionGrant;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription token says.
 *
 * @param user must be the user of the connection
 * @param channel must be the channel that is asked for
 * @param client must be the client id of the connection, unless it is empty
 * @param grant what the subscription gets
 * @param validFor how long the subscription may last from now; null: without limit; zero or less:
 *     it is over
 */
public record SubscriptionToken(
    String user,
    String channel,
    String client,
    SubscriptionGrant grant,
    @Nullable Duration validFor) {

  /** With nothing but info. */
  public SubscriptionToken(
      String user, String channel, String client, Bytes info, @Nullable Duration validFor) {
    this(
        user,
        channel,
        client,
        new SubscriptionGrant(info, Bytes.EMPTY, OptionOverride.NONE),
        validFor);
  }

  /** JSON about the subscriber that other clients see; empty when there is none. */
  public Bytes info() {
    return grant.info();
  }
}
