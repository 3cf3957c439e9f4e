package dev.carillon.cluster.presence;

import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.ClientInfoCodec;
import dev.carillon.channel.PresenceStats;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who is in one channel: a value of the map {@code carillon.presence}. Changed in place, by the
 * partition's thread alone, so that a join costs the same in a room of two and of ten thousand.
 */
public final class ChannelPresence implements WireData {

  private static final ClientInfoCodec INFO = new ClientInfoCodec();

  /** Who brought the client, and what it tells about itself. */
  private record Entry(Incarnation node, ClientInfo info) {}

  private final Map<String, Entry> byClient = new LinkedHashMap<>();

  void put(Incarnation node, ClientInfo info) {
    byClient.put(info.client(), new Entry(node, info));
  }

  /** Removes the client, but only when this node brought it: it may have come back elsewhere. */
  void remove(Incarnation node, String client) {
    var entry = byClient.get(client);
    if (entry != null && entry.node().equals(node)) {
      byClient.remove(client);
    }
  }

  boolean isEmpty() {
    return byClient.isEmpty();
  }

  Set<Incarnation> incarnations() {
    var all = new HashSet<Incarnation>();
    byClient.values().forEach(entry -> all.add(entry.node()));
    return all;
  }

  /** A copy with the clients of these nodes only. */
  ChannelPresence of(Predicate<Incarnation> nodes) {
    var part = new ChannelPresence();
    byClient.forEach(
        (client, entry) -> {
          if (nodes.test(entry.node())) {
            part.byClient.put(client, entry);
          }
        });
    return part;
  }

  /** Removes the clients of these nodes. */
  void removeAll(Set<Incarnation> nodes) {
    byClient.values().removeIf(entry -> nodes.contains(entry.node()));
  }

  /** How many clients and users these nodes have brought. */
  PresenceStats count(Set<Incarnation> nodes) {
    var users = new HashSet<String>();
    int clients = 0;
    for (var entry : byClient.values()) {
      if (nodes.contains(entry.node())) {
        clients++;
        users.add(entry.info().user());
      }
    }
    return new PresenceStats(clients, users.size());
  }

  Map<String, ClientInfo> infos() {
    var infos = new HashMap<String, ClientInfo>();
    byClient.forEach((client, entry) -> infos.put(client, entry.info()));
    return infos;
  }

  @Override
  public int getClassId() {
    return WireIds.CHANNEL_PRESENCE;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(byClient.size());
    for (var entry : byClient.values()) {
      Incarnations.write(entry.node(), out);
      INFO.write(entry.info(), out);
    }
  }

  @Override
  public void read(WireReader in) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      put(Incarnations.readOne(in), INFO.read(in));
    }
  }
}
