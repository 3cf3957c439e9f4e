package dev.carillon.control;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link NodeStats} on the bus. */
public final class NodeStatsCodec implements WireCodec<NodeStats> {

  @Override
  public int id() {
    return WireIds.NODE_STATS;
  }

  @Override
  public Class<NodeStats> type() {
    return NodeStats.class;
  }

  @Override
  public void write(NodeStats stats, WireWriter out) {
    out.varint(stats.clients()).varint(stats.users()).varint(stats.channels());
    out.varint(stats.subscriptions()).varint(stats.uptime());
  }

  @Override
  public NodeStats read(WireReader in) {
    return new NodeStats(in.int32(), in.int32(), in.int32(), in.int32(), in.varint());
  }
}
