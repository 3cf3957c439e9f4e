package dev.carillon.cluster.presence;

import dev.carillon.channel.PresenceStats;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link PresenceStats} on their way from the owner of a channel. */
public final class PresenceCount implements WireData {

  private PresenceStats stats;

  /** For {@code WireFactory}. */
  public PresenceCount() {
    this(new PresenceStats(0, 0));
  }

  PresenceCount(PresenceStats stats) {
    this.stats = stats;
  }

  PresenceStats stats() {
    return stats;
  }

  @Override
  public int getClassId() {
    return WireIds.PRESENCE_COUNT;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(stats.clients()).varint(stats.users());
  }

  @Override
  public void read(WireReader in) {
    stats = new PresenceStats(in.int32(), in.int32());
  }
}
