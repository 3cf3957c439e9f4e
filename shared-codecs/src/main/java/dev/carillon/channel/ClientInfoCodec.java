package dev.carillon.channel;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link ClientInfo} inside other values. */
public final class ClientInfoCodec implements WireCodec<ClientInfo> {

  @Override
  public int id() {
    return WireIds.CLIENT_INFO;
  }

  @Override
  public Class<ClientInfo> type() {
    return ClientInfo.class;
  }

  @Override
  public void write(ClientInfo info, WireWriter out) {
    out.string(info.user()).string(info.client()).payload(info.connInfo()).payload(info.chanInfo());
  }

  @Override
  public ClientInfo read(WireReader in) {
    return new ClientInfo(in.string(), in.string(), in.payload(), in.payload());
  }
}
