package dev.carillon.channel;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link Leave} inside other values. */
public final class LeaveCodec implements WireCodec<Leave> {

  private static final ClientInfoCodec INFO = new ClientInfoCodec();

  @Override
  public int id() {
    return WireIds.LEAVE;
  }

  @Override
  public Class<Leave> type() {
    return Leave.class;
  }

  @Override
  public void write(Leave value, WireWriter out) {
    INFO.write(value.info(), out);
  }

  @Override
  public Leave read(WireReader in) {
    return new Leave(INFO.read(in));
  }
}
