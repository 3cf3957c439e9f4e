package dev.carillon.port;

import dev.carillon.channel.ChannelEvent;
import io.vertx.core.Context;
import java.util.List;

/** One event loop's hub, as the feed sees it. Called on its own context only. */
public interface FeedListener {

  /** The context on which the other methods are called. */
  Context context();

  /** Events of one channel, in order; several when they arrived together. */
  void events(String channel, List<ChannelEvent> events);

  /** Publications were lost for good: subscribers must recover from history by themselves. */
  void insufficient(String channel);
}
