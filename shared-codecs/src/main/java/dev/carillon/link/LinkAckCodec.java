package dev.carillon.link;

import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link LinkAck} on the bus. */
public final class LinkAckCodec implements WireCodec<LinkAck> {

  @Override
  public int id() {
    return WireIds.LINK_ACK;
  }

  @Override
  public Class<LinkAck> type() {
    return LinkAck.class;
  }

  @Override
  public void write(LinkAck value, WireWriter out) {
    out.int64(value.from().high()).int64(value.from().low());
    out.int64(value.link()).varint(value.sequence());
  }

  @Override
  public LinkAck read(WireReader in) {
    return new LinkAck(new Incarnation(in.int64(), in.int64()), in.int64(), in.varint());
  }
}
