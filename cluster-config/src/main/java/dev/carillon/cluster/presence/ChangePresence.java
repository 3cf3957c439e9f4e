package dev.carillon.cluster.presence;

import com.hazelcast.map.EntryProcessor;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.ClientInfoCodec;
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
 * Adds and removes clients of one node in one channel. Runs in the same way on the owner and on the
 * backups, and twice is once.
 */
public final class ChangePresence
    implements EntryProcessor<String, @Nullable ChannelPresence, @Nullable Void>, WireData {

  private static final ClientInfoCodec INFO = new ClientInfoCodec();

  private Incarnation node;
  private List<ClientInfo> added;
  private List<String> removed;

  /** For {@code WireFactory}. */
  public ChangePresence() {
    this(new Incarnation(0, 0), List.of(), List.of());
  }

  ChangePresence(Incarnation node, List<ClientInfo> added, List<String> removed) {
    this.node = node;
    this.added = List.copyOf(added);
    this.removed = List.copyOf(removed);
  }

  @Override
  public @Nullable Void process(Map.Entry<String, @Nullable ChannelPresence> entry) {
    var known = entry.getValue();
    var presence = known == null ? new ChannelPresence() : known;
    added.forEach(info -> presence.put(node, info));
    removed.forEach(client -> presence.remove(node, client));
    entry.setValue(presence.isEmpty() ? null : presence);
    return null;
  }

  @Override
  public int getClassId() {
    return WireIds.CHANGE_PRESENCE;
  }

  @Override
  public void write(WireWriter out) {
    Incarnations.write(node, out);
    out.varint(added.size());
    added.forEach(info -> INFO.write(info, out));
    out.varint(removed.size());
    removed.forEach(out::string);
  }

  @Override
  public void read(WireReader in) {
    node = Incarnations.readOne(in);
    var infos = new ArrayList<ClientInfo>();
    for (int left = in.count(); left > 0; left--) {
      infos.add(INFO.read(in));
    }
    added = List.copyOf(infos);
    var clients = new ArrayList<String>();
    for (int left = in.count(); left > 0; left--) {
      clients.add(in.string());
    }
    removed = List.copyOf(clients);
  }
}
