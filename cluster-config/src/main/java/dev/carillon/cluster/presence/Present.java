package dev.carillon.cluster.presence;

import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.ClientInfoCodec;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/**
 * A client that is in a channel.
 *
 * @param announced whether others are told when it comes and goes
 */
record Present(ClientInfo info, boolean announced) {

  private static final ClientInfoCodec INFO = new ClientInfoCodec();

  void write(WireWriter out) {
    INFO.write(info, out);
    out.bool(announced);
  }

  static Present read(WireReader in) {
    return new Present(INFO.read(in), in.bool());
  }
}
