package dev.carillon.port;

import dev.carillon.channel.ChannelDelivery;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The way to the other nodes. Every link is bounded in memory: a peer that lags is dropped to
 * RESYNC, after which it compares the positions of all its channels; it never takes memory or time
 * from a healthy node. Messages are at most once and may be late, so receivers check positions.
 *
 * <p>Types that cross are those registered in {@code WireCodecs}; anything else is a programming
 * error and fails at once.
 */
public interface NodeLinks {

  /** Receives a one-way message. */
  @FunctionalInterface
  interface MessageHandler<T> {
    void handle(Incarnation from, T message);
  }

  /** Sends to every other live node that may follow the channel. Never blocks and never fails. */
  void publish(ChannelDelivery delivery);

  /**
   * Wants what is published in this channel on other nodes from now on; each call needs an {@link
   * #unfollow} of its own.
   *
   * @return succeeds when no live node overlooks this one any more, which takes as long as a
   *     message there and back, and no longer than {@code links.interest_lease} when a node stands
   *     still; never fails
   */
  Future<Void> follow(String channel);

  /** Takes back one {@link #follow}. What is under way may still arrive. */
  void unfollow(String channel);

  /** Who receives the publications of other nodes; {@code resync} runs when a link lost some. */
  void receive(Consumer<List<ChannelDelivery>> deliveries, Runnable resync);

  /** One-way message to one node, itself included. */
  <T> void send(Incarnation to, T message);

  /** One-way message to every live node, itself included. */
  <T> void broadcast(T message);

  /** Registers the one handler of this type. Called on an event loop of the node. */
  <T> void onMessage(Class<T> type, MessageHandler<T> handler);

  /** Asks one node, itself included. Fails after 3 s without an answer. */
  <Q, R> Future<R> query(Incarnation to, Q question, Class<R> answer);

  /** Registers the one answerer of this type of question. */
  <Q, R> void onQuery(Class<Q> type, Function<Q, Future<R>> answerer);
}
