package dev.carillon.port;

import dev.carillon.channel.StreamOptions;
import io.vertx.core.Future;

/**
 * What happens in the cluster, delivered to the hubs of this node that have subscribers.
 *
 * <p>Promises for each channel and listener, from the moment the Future of {@link #open} succeeded:
 * positioned publications of an epoch arrive in offset order, each once; a gap is filled from the
 * stream or, when that is impossible, reported as insufficient before any later offset arrives.
 */
public interface ChannelFeed {

  /**
   * Starts delivery of the channel to this listener. Events may arrive before the Future completes.
   * Opening twice is opening once.
   *
   * @return succeeds when this node receives everything published from now on
   */
  Future<Void> open(String channel, StreamOptions options, FeedListener listener);

  /** Ends the delivery. Events that are on the way may still arrive. */
  void close(String channel, FeedListener listener);
}
