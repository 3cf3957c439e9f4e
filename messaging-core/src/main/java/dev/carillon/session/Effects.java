package dev.carillon.session;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.Join;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.PresenceStats;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.Push;
import dev.carillon.protocol.Reply;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a session can make happen. Outcomes come back on the session's event loop, at
 * once or later, in any order, also after the session was closed.
 */
public interface Effects {

  /** Sends the answer to a command. This, like every push, may close the session at once. */
  void reply(Reply reply);

  /** Sends a push to this client alone. */
  void push(Push push);

  /** Sends an event that other clients of the channel get too, so that it is encoded once. */
  void deliver(String channel, ChannelEvent event);

  /**
   * The same for a subscription with delta compression.
   *
   * @param base what the client got before it, so that the difference is enough; null: send it
   *     whole
   */
  void deliverDelta(String channel, Publication publication, @Nullable Publication base);

  /** A tags filter has withheld a publication from this client. */
  void withheld();

  void ping();

  /** Stops or resumes reading from the client. */
  void reading(boolean wanted);

  /** Closes the connection. The last effect but departures, and asked for at most once. */
  void close(Disconnect disconnect);

  /**
   * Counts this client as a connection of its user on this node, until it is closed.
   *
   * @param limit connections that the user may have here
   * @return whether there was room for it
   */
  boolean admit(String user, int limit);

  /** The same, and closes all other connections of the user that were admitted, on all nodes. */
  void admitAlone(String user);

  /** The connect succeeded: from now on the server finds this client by its user. */
  void connected();

  void verifyConnection(String token, Consumer<Verification<ConnectionToken>> answer);

  void verifySubscription(String token, Consumer<Verification<SubscriptionToken>> answer);

  /**
   * Starts the delivery of a channel. Events may arrive before the outcome; from the outcome on
   * none is missing.
   */
  void open(Subscriber subscriber, StreamOptions options, Outcome<Void> outcome);

  /** Ends the delivery at once, whatever became of {@link #open}. */
  void shut(Subscriber subscriber);

  void publish(
      String channel,
      NewPublication publication,
      StreamOptions options,
      Outcome<StreamPosition> outcome);

  void history(String channel, HistoryQuery query, StreamOptions options, Outcome<History> outcome);

  void presence(String channel, Outcome<Map<String, ClientInfo>> outcome);

  void presenceStats(String channel, Outcome<PresenceStats> outcome);

  /**
   * Adds this client to those who are present, or replaces what is shown of it. This, {@link #exit}
   * and the two queries take effect in the order in which they were asked for.
   *
   * @param announced whether others are told when it comes and goes
   */
  void enter(String channel, ClientInfo info, boolean announced, Outcome<Void> outcome);

  /** Tells all subscribers that this client is one of them now. */
  void announce(String channel, Join join);

  /**
   * Removes this client from those who are present, then tells the subscribers.
   *
   * @param done runs when it is over, however it ended
   */
  void exit(Departure departure, Runnable done);
}
