package dev.carillon.cluster.presence;

import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds and removes clients of one node in one channel, and tells who of the removed was not there;
 * null when all were. Runs in the same way on the owner and on the backups, and twice is once.
 */
public final class ChangePresence
    implements EntryProcessor<String, @Nullable ChannelPresence, @Nullable Absent>, WireData {

  private Incarnation node;
  private List<Present> added;
  private List<String> removed;

  /** For {@code WireFactory}. */
  public ChangePresence() {
    this(new Incarnation(0, 0), List.of(), List.of());
  }

  ChangePresence(Incarnation node, List<Present> added, List<String> removed) {
    this.node = node;
    this.added = List.copyOf(added);
    this.removed = List.copyOf(removed);
  }

  @Override
  public @Nullable Absent process(Map.Entry<String, @Nullable ChannelPresence> entry) {
    var known = entry.getValue();
    var presence = known == null ? new ChannelPresence() : known;
    added.forEach(present -> presence.put(node, present));
    var absent = removed.stream().filter(client -> !presence.remove(node, client)).toList();
    entry.setValue(presence.isEmpty() ? null : presence);
    return absent.isEmpty() ? null : new Absent(absent);
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
  }
}
