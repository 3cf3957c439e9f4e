package dev.carillon.cluster.presence;

import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.PresenceStats;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who is in one channel: a value of the map {@code carillon.presence}. Changed in place, by the
 * partition's thread alone, so that a join costs the same in a room of two and of ten thousand.
 */
public final class ChannelPresence implements WireData {

  /** Who brought the client. */
  private record Entry(Incarnation node, Present present) {}

  private final Map<String, Entry> byClient = new LinkedHashMap<>();

  void put(Incarnation node, Present present) {
    byClient.put(present.info().client(), new Entry(node, present));
  }

  /**
   * Removes the client, but only when this node brought it: it may have come back elsewhere.
   *
   * @return whether it was there
   */
  boolean remove(Incarnation node, String client) {
    var entry = byClient.get(client);
    return entry != null && entry.node().equals(node) && byClient.remove(client, entry);
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

  /** A copy with the clients that are not in the other one. */
  ChannelPresence without(ChannelPresence other) {
    var part = new ChannelPresence();
    byClient.forEach(
        (client, entry) -> {
          if (!other.byClient.containsKey(client)) {
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
        users.add(entry.present().info().user());
      }
    }
    return new PresenceStats(clients, users.size());
  }

  /** Which clients a node has brought, as one number; 0 for none. */
  long digest(Incarnation node) {
    long digest = 0;
    for (var entry : byClient.values()) {
      if (entry.node().equals(node)) {
        digest += entry.present().digest();
      }
    }
    return digest;
  }

  Map<String, Present> clients() {
    var clients = new HashMap<String, Present>();
    byClient.forEach((client, entry) -> clients.put(client, entry.present()));
    return clients;
  }

  Map<String, ClientInfo> infos() {
    var infos = new HashMap<String, ClientInfo>();
    byClient.forEach((client, entry) -> infos.put(client, entry.present().info()));
    return infos;
  }

  /** Those of whom others are told when they go. */
  List<ClientInfo> announced() {
    return byClient.values().stream()
        .map(Entry::present)
        .filter(Present::announced)
        .map(Present::info)
        .toList();
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
      entry.present().write(out);
    }
  }

  @Override
  public void read(WireReader in) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      put(Incarnations.readOne(in), Present.read(in));
    }
  }
}
