package dev.carillon.link;

import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link LinkPing} on the bus. */
public final class LinkPingCodec implements WireCodec<LinkPing> {

  @Override
  public int id() {
    return WireIds.LINK_PING;
  }

  @Override
  public Class<LinkPing> type() {
    return LinkPing.class;
  }

  @Override
  public void write(LinkPing value, WireWriter out) {
    out.int64(value.from().high()).int64(value.from().low());
    out.int64(value.link()).varint(value.sequence());
  }

  @Override
  public LinkPing read(WireReader in) {
    return new LinkPing(new Incarnation(in.int64(), in.int64()), in.int64(), in.varint());
  }
}
