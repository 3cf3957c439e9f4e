package dev.carillon.cluster.presence;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells which nodes have brought the clients of a channel. */
public final class FindIncarnations
    implements EntryProcessor<String, @Nullable ChannelPresence, @Nullable Incarnations>,
        ReadOnly,
        WireData {

  @Override
  public @Nullable Incarnations process(Map.Entry<String, @Nullable ChannelPresence> entry) {
    var presence = entry.getValue();
    return presence == null ? null : new Incarnations(presence.incarnations());
  }

  @Override
  public @Nullable EntryProcessor<String, @Nullable ChannelPresence, @Nullable Incarnations>
      getBackupProcessor() {
    return null;
  }

  @Override
  public int getClassId() {
    return WireIds.FIND_INCARNATIONS;
  }

  @Override
  public void write(WireWriter out) {}

  @Override
  public void read(WireReader in) {}
}
