package dev.carillon.sessions;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link DisconnectSession} on the bus. */
public final class DisconnectSessionCodec implements WireCodec<DisconnectSession> {

  @Override
  public int id() {
    return WireIds.DISCONNECT_SESSION;
  }

  @Override
  public Class<DisconnectSession> type() {
    return DisconnectSession.class;
  }

  @Override
  public void write(DisconnectSession order, WireWriter out) {
    out.string(order.id()).string(order.operator());
  }

  @Override
  public DisconnectSession read(WireReader in) {
    return new DisconnectSession(in.string(), in.string());
  }
}
