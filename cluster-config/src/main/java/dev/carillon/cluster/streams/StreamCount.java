package dev.carillon.cluster.streams;

import com.hazelcast.map.IMap;
import dev.carillon.port.TooManyStreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether there is room for more streams in the cluster. The number is a second old, so a few
 * more than allowed may be created; counting them where they are created would need a lock.
 */
final class StreamCount {

  private static final Logger LOG = LoggerFactory.getLogger(StreamCount.class);

  private static final long INTERVAL_MILLIS = 1_000;

  private final Vertx vertx;
  private final IMap<String, StoredStream> map;
  private final int max;

  /** The last count; written by one Future at a time. */
  private volatile int streams;

  StreamCount(Vertx vertx, IMap<String, StoredStream> map, int max) {
    this.vertx = vertx;
    this.map = map;
    this.max = max;
  }

  /** Counts now, and again and again. */
  void follow() {
    count().onComplete(counted -> vertx.setTimer(INTERVAL_MILLIS, fired -> follow()));
  }

  /** The size of a map is asked of all members, by a blocking call. */
  Future<Void> count() {
    return vertx
        .executeBlocking(map::size, false)
        .onSuccess(this::counted)
        .onFailure(failure -> LOG.debug("Streams are counted again", failure))
        .otherwise(streams)
        .mapEmpty();
  }

  boolean hasRoom() {
    return streams < max;
  }

  int streams() {
    return streams;
  }

  TooManyStreams refusal(String channel) {
    return new TooManyStreams(channel, max);
  }

  private void counted(int now) {
    boolean hadRoom = hasRoom();
    streams = now;
    if (hadRoom && !hasRoom()) {
      LOG.warn(
          "channel.max_streams = {} (expected: more than the {} channels with history): subscribing"
              + " to further ones answers error 100",
          max,
          now);
    }
  }
}
