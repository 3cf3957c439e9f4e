package dev.carillon.cluster.presence;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds and removes clients of one node in one channel, and tells who of the removed was not there;
 * null when all were. Twice is once. The owner adds nobody for a node that it does not see in the
 * cluster: what a node asked for before it was taken for dead is over. The backups do as it did.
 */
public final class ChangePresence
    implements EntryProcessor<String, @Nullable ChannelPresence, @Nullable Absent>,
        HazelcastInstanceAware,
        WireData {

  private static final long serialVersionUID = 1L;

  private Incarnation node;
  private List<Present> added;
  private List<String> removed;
  private boolean decided;

  private transient @Nullable HazelcastInstance grid;

  /** For {@code WireFactory}. */
  public ChangePresence() {
    this(new Incarnation(0, 0), List.of(), List.of());
  }

  ChangePresence(Incarnation node, List<Present> added, List<String> removed) {
    this(node, added, removed, false);
  }

  /**
   * @param decided whether the owner has made this change already
   */
  private ChangePresence(
      Incarnation node, List<Present> added, List<String> removed, boolean decided) {
    this.node = node;
    this.added = List.copyOf(added);
    this.removed = List.copyOf(removed);
    this.decided = decided;
  }

  @Override
  public @Nullable Absent process(Map.Entry<String, @Nullable ChannelPresence> entry) {
    return process(entry, decided || added.isEmpty() ? Set.of(node) : GridMembers.of(grid));
  }

  @Nullable Absent process(
      Map.Entry<String, @Nullable ChannelPresence> entry, Set<Incarnation> members) {
    if (!added.isEmpty() && !members.contains(node)) {
      throw new RetryableHazelcastException(node + " (expected: a member of the cluster)");
    }
    var known = entry.getValue();
    var presence = known == null ? new ChannelPresence() : known;
    added.forEach(present -> presence.put(node, present));
    var absent = removed.stream().filter(client -> !presence.remove(node, client)).toList();
    entry.setValue(presence.isEmpty() ? null : presence);
    return absent.isEmpty() ? null : new Absent(absent);
  }

  @Override
  public EntryProcessor<String, @Nullable ChannelPresence, @Nullable Absent> getBackupProcessor() {
    return new ChangePresence(node, added, removed, true);
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    grid = instance;
  }

  @Override
  public int getClassId() {
    return WireIds.CHANGE_PRESENCE;
  }

  @Override
  public void write(WireWriter out) {
    Incarnations.write(node, out);
    out.varint(added.size());
    added.forEach(present -> present.write(out));
    out.varint(removed.size());
    removed.forEach(out::string);
    out.bool(decided);
  }

  @Override
  public void read(WireReader in) {
    node = Incarnations.readOne(in);
    var clients = new ArrayList<Present>();
    for (int left = in.count(); left > 0; left--) {
      clients.add(Present.read(in));
    }
    added = List.copyOf(clients);
    var gone = new ArrayList<String>();
    for (int left = in.count(); left > 0; left--) {
      gone.add(in.string());
    }
    removed = List.copyOf(gone);
    decided = in.bool();
  }
}
