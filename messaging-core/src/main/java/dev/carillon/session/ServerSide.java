package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.RefreshPush;
import dev.carillon.protocol.SentPublication;
import dev.carillon.protocol.SubscribePush;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.session.Agreement.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the server does to a client without being asked by it. Nothing happens to one that is not
 * connected: it had not come yet, or is gone.
 */
public final class ServerSide {

  private final Session session;
  private final Subscriptions subscriptions;

  ServerSide(Session session, Subscriptions subscriptions) {
    this.session = session;
    this.subscriptions = subscriptions;
  }

  /**
   * Ends the subscription of a channel (code 2000); the SDK does not subscribe again.
   *
   * @param channel empty for all that the client has
   */
  public void unsubscribe(String channel) {
    if (session.isClosed()) {
      return;
    }
    if (channel.isEmpty()) {
      subscriptions.revokeAll();
    } else {
      subscriptions.revoke(channel);
    }
  }

  /**
   * Subscribes the client as if its token had named the channel. Nothing happens when it is
   * subscribed, has too many channels, or the channel is of no namespace or of the console; nor to
   * one that leaves the channel just now, because its reply would seem to end the subscription.
   *
   * @param validFor how long the subscription lasts; null for ever
   * @param since what was missed after it is sent as well; null for nothing
   */
  public void subscribe(
      String channel,
      SubscriptionGrant grant,
      @Nullable Duration validFor,
      @Nullable StreamPosition since) {
    Namespace namespace = session.settings().namespaces().of(channel);
    if (session.isClosed()
        || namespace == null
        || Namespaces.isReserved(channel)
        || Expiry.isOver(validFor)
        || subscriptions.isTaken(channel)
        || subscriptions.isLeaving(channel)
        || subscriptions.count() >= session.settings().client().channelLimit()) {
      return;
    }
    SubscribeRequest request = SubscribeRequest.ofServer(channel, since);
    var agreement =
        Agreement.ofServer(channel, Origin.SERVER, request, namespace, grant.override());
    var subscribing = new Subscribing(session, subscriptions, channel, request);
    subscribing.begin(
        agreement,
        grant,
        Expiry.of(validFor, session.now()),
        session.outcome(this::goLive, () -> {}));
  }

  private void goLive(Subscribing subscribing) {
    SubscribeResult result = subscribing.result();
    if (result == null) {
      session.close(Disconnect.INSUFFICIENT_STATE);
      return;
    }
    String channel = subscribing.channel();
    Effects effects = session.effects();
    effects.push(
        new SubscribePush(
            channel, result.positioned(), result.recoverable(), result.position(), result.data()));
    for (SentPublication sent : result.publications()) {
      // One that can't be said to this client closes it.
      if (!session.isClosed()) {
        effects.push(new EventPush(channel, sent.publication()));
      }
    }
    subscribing.goLive();
  }

  /** Closes the connection because it has expired (3005). */
  public void expire() {
    session.close(Disconnect.CONNECTION_EXPIRED);
  }

  /**
   * Changes when the connection expires, and tells the client.
   *
   * @param validFor null for never
   * @param info JSON about the user that others see from now on; null leaves it as it is
   */
  public void refresh(@Nullable Duration validFor, @Nullable Bytes info) {
    if (session.isClosed()) {
      return;
    }
    if (Expiry.isOver(validFor)) {
      expire();
      return;
    }
    Expiry expiry = Expiry.of(validFor, session.now());
    session.renew(expiry);
    if (info != null) {
      session.show(info);
    }
    session.effects().push(new RefreshPush(expiry.ttl()));
  }
}
