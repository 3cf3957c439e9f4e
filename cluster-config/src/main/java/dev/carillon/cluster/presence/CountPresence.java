package dev.carillon.cluster.presence;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts who is in a channel, as far as they belong to live nodes. */
public final class CountPresence
    implements EntryProcessor<String, @Nullable ChannelPresence, @Nullable PresenceCount>,
        ReadOnly,
        WireData {

  private final Incarnations live;

  /** For {@code WireFactory}. */
  public CountPresence() {
    this(Set.of());
  }

  CountPresence(Set<Incarnation> live) {
    this.live = new Incarnations(live);
  }

  @Override
  public @Nullable PresenceCount process(Map.Entry<String, @Nullable ChannelPresence> entry) {
    var presence = entry.getValue();
    return presence == null ? null : new PresenceCount(presence.count(live.all()));
  }

  @Override
  public @Nullable EntryProcessor<String, @Nullable ChannelPresence, @Nullable PresenceCount>
      getBackupProcessor() {
    return null;
  }

  @Override
  public int getClassId() {
    return WireIds.COUNT_PRESENCE;
  }

  @Override
  public void write(WireWriter out) {
    live.write(out);
  }

  @Override
  public void read(WireReader in) {
    live.read(in);
  }
}
