package dev.carillon.session;

import dev.carillon.channel.ChannelEvent;

/** One receiver of what happens in a channel. Confined to the event loop of its hub. */
public interface Subscriber {

  String channel();

  /** Called for each event, in the order of the channel. */
  void event(ChannelEvent event);

  /** Publications were lost and can't be had again. */
  void insufficient();

  /** Where it stands in the list of its hub, which alone changes it; -1: nowhere. */
  int slot();

  void slot(int slot);
}
