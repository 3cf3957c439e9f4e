package dev.carillon.channel;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link Join} inside other values. */
public final class JoinCodec implements WireCodec<Join> {

  private static final ClientInfoCodec INFO = new ClientInfoCodec();

  @Override
  public int id() {
    return WireIds.JOIN;
  }

  @Override
  public Class<Join> type() {
    return Join.class;
  }

  @Override
  public void write(Join value, WireWriter out) {
    INFO.write(value.info(), out);
  }

  @Override
  public Join read(WireReader in) {
    return new Join(INFO.read(in));
  }
}
