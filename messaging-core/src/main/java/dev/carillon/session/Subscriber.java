package dev.carillon.session;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;

/** One receiver of what happens in a channel. Confined to the event loop of its hub. */
public interface Subscriber {

  String channel();

  /** Called for each event, in the order of the channel. */
  void event(ChannelEvent event);

  /**
   * Called instead of {@link #event} for a positioned publication that was under way for longer
   * than {@code client.channel_position_max_time_lag}.
   */
  void late(Publication publication);

  /** Publications were lost and can't be had again. */
  void insufficient();

  /** Where it stands in the list of its hub, which alone changes it; -1: nowhere. */
  int slot();

  void slot(int slot);
}
