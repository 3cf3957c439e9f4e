package dev.carillon.port;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import io.vertx.core.Future;

/**
 * Assigns positions, keeps history, and spreads publications across the nodes.
 *
 * <p>Promises: a publication whose Future succeeded is stored on the owner and on all synchronous
 * backups of the stream before anybody sees it. Within an epoch offsets grow by one and never
 * repeat. A publication whose Future failed may or may not have been stored, and at most once.
 */
public interface Broker {

  /**
   * Publishes into the channel, and delivers to all subscribers of all nodes after it was stored.
   *
   * @return its position, {@link StreamPosition#NONE} when the channel keeps no history
   */
  Future<StreamPosition> publish(String channel, NewPublication publication, StreamOptions options);

  /** Delivers a join or leave to all subscribers of all nodes, at most once. Stores nothing. */
  void spread(String channel, ChannelEvent event);

  /** Reads the stream, and creates it when it does not exist, so that its epoch is never empty. */
  Future<History> history(String channel, HistoryQuery query, StreamOptions options);

  /** As {@link Streams#now}: what the times of publications are to be compared with. */
  long now();

  /** The feed that hubs subscribe to. */
  ChannelFeed feed();
}
