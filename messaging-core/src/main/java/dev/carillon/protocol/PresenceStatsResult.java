package dev.carillon.protocol;

import dev.carillon.channel.PresenceStats;

/** How many clients and users are in the channel. */
public record PresenceStatsResult(PresenceStats stats) implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.presenceStats(this);
  }
}
