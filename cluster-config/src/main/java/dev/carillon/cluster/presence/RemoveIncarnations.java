package dev.carillon.cluster.presence;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes the clients of dead nodes from a channel, and tells once who they were. Whoever asks and
 * however late: the owner spares those that it sees in the cluster. The backups do what it decided.
 */
public final class RemoveIncarnations
    implements EntryProcessor<String, @Nullable ChannelPresence, @Nullable ChannelPresence>,
        HazelcastInstanceAware,
        WireData {

  private static final long serialVersionUID = 1L;

  private final Incarnations dead;
  private boolean decided;

  private transient Set<Incarnation> gone = Set.of();
  private transient @Nullable HazelcastInstance grid;

  /** For {@code WireFactory}. */
  public RemoveIncarnations() {
    this(Set.of());
  }

  RemoveIncarnations(Set<Incarnation> dead) {
    this(dead, false);
  }

  /**
   * @param decided whether the owner has spared those that it sees in the cluster already
   */
  RemoveIncarnations(Set<Incarnation> dead, boolean decided) {
    this.dead = new Incarnations(dead);
    this.decided = decided;
  }

  @Override
  public @Nullable ChannelPresence process(Map.Entry<String, @Nullable ChannelPresence> entry) {
    return process(entry, decided ? Set.of() : GridMembers.of(grid));
  }

  @Nullable ChannelPresence process(
      Map.Entry<String, @Nullable ChannelPresence> entry, Set<Incarnation> members) {
    var none = new HashSet<>(dead.all());
    none.removeAll(members);
    gone = none;
    var presence = entry.getValue();
    if (presence == null) {
      return null;
    }
    var removed = presence.of(gone::contains);
    if (removed.isEmpty()) {
      return null;
    }
    presence.removeAll(gone);
    entry.setValue(presence.isEmpty() ? null : presence);
    return removed;
  }

  @Override
  public EntryProcessor<String, @Nullable ChannelPresence, @Nullable ChannelPresence>
      getBackupProcessor() {
    return new RemoveIncarnations(gone, true);
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    grid = instance;
  }

  @Override
  public int getClassId() {
    return WireIds.REMOVE_INCARNATIONS;
  }

  @Override
  public void write(WireWriter out) {
    dead.write(out);
    out.bool(decided);
  }

  @Override
  public void read(WireReader in) {
    dead.read(in);
    decided = in.bool();
  }
}
