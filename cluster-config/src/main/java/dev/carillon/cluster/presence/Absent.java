package dev.carillon.cluster.presence;

import dev.carillon.cluster.WireData;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Clients that were to be removed from a channel and were not there, on their way from its owner.
 */
public final class Absent implements WireData {

  private List<String> clients;

  /** For {@code WireFactory}. */
  public Absent() {
    this(List.of());
  }

  Absent(Collection<String> clients) {
    this.clients = List.copyOf(clients);
  }

  boolean contains(String client) {
    return clients.contains(client);
  }

  @Override
  public int getClassId() {
    return WireIds.ABSENT;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(clients.size());
    clients.forEach(out::string);
  }

  @Override
  public void read(WireReader in) {
    var read = new ArrayList<String>();
    for (int left = in.count(); left > 0; left--) {
      read.add(in.string());
    }
    clients = List.copyOf(read);
  }
}
