package dev.carillon.control;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.HashMap;
import java.util.Map;

/** {@link ChannelCounts} on the bus. */
public final class ChannelCountsCodec implements WireCodec<ChannelCounts> {

  @Override
  public int id() {
    return WireIds.CHANNEL_COUNTS;
  }

  @Override
  public Class<ChannelCounts> type() {
    return ChannelCounts.class;
  }

  @Override
  public void write(ChannelCounts counts, WireWriter out) {
    out.bool(counts.complete()).varint(counts.subscribers().size());
    counts.subscribers().forEach((channel, count) -> out.string(channel).varint(count));
  }

  @Override
  public ChannelCounts read(WireReader in) {
    boolean complete = in.bool();
    int count = in.count();
    Map<String, Integer> subscribers = new HashMap<>();
    for (int i = 0; i < count; i++) {
      subscribers.put(in.string(), in.int32());
    }
    return new ChannelCounts(subscribers, complete);
  }
}
