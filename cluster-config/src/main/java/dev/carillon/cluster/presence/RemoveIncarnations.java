package dev.carillon.cluster.presence;

import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Removes the clients of dead nodes from a channel, and tells once who they were. */
public final class RemoveIncarnations
    implements EntryProcessor<String, @Nullable ChannelPresence, @Nullable ChannelPresence>,
        WireData {

  private final Incarnations dead;

  /** For {@code WireFactory}. */
  public RemoveIncarnations() {
    this(Set.of());
  }

  RemoveIncarnations(Set<Incarnation> dead) {
    this.dead = new Incarnations(dead);
  }

  @Override
  public @Nullable ChannelPresence process(Map.Entry<String, @Nullable ChannelPresence> entry) {
    var presence = entry.getValue();
    if (presence == null) {
      return null;
    }
    var removed = presence.of(dead.all()::contains);
    if (removed.isEmpty()) {
      return null;
    }
    presence.removeAll(dead.all());
    entry.setValue(presence.isEmpty() ? null : presence);
    return removed;
  }

  @Override
  public int getClassId() {
    return WireIds.REMOVE_INCARNATIONS;
  }

  @Override
  public void write(WireWriter out) {
    dead.write(out);
  }

  @Override
  public void read(WireReader in) {
    dead.read(in);
  }
}
