package dev.carillon.sessions;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link SupersedeConnections} on the bus. */
public final class SupersedeConnectionsCodec implements WireCodec<SupersedeConnections> {

  @Override
  public int id() {
    return WireIds.SUPERSEDE_CONNECTIONS;
  }

  @Override
  public Class<SupersedeConnections> type() {
    return SupersedeConnections.class;
  }

  @Override
  public void write(SupersedeConnections order, WireWriter out) {
    out.string(order.user()).string(order.client()).varint(order.stamp());
  }

  @Override
  public SupersedeConnections read(WireReader in) {
    return new SupersedeConnections(in.string(), in.string(), in.varint());
  }
}
