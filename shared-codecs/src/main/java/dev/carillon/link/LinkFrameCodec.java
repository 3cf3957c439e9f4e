package dev.carillon.link;

import dev.carillon.channel.Bytes;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** {@link LinkFrame} on the bus. */
public final class LinkFrameCodec implements WireCodec<LinkFrame> {

  @Override
  public int id() {
    return WireIds.LINK_FRAME;
  }

  @Override
  public Class<LinkFrame> type() {
    return LinkFrame.class;
  }

  @Override
  public void write(LinkFrame frame, WireWriter out) {
    out.int64(frame.from().high()).int64(frame.from().low());
    out.int64(frame.link()).varint(frame.sequence()).bool(frame.resync());
    out.varint(frame.deliveries().size());
    frame.deliveries().forEach(out::bytes);
  }

  @Override
  public LinkFrame read(WireReader in) {
    Incarnation from = new Incarnation(in.int64(), in.int64());
    long link = in.int64();
    long sequence = in.varint();
    boolean resync = in.bool();
    int count = in.count();
    List<Bytes> deliveries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      deliveries.add(in.bytes());
    }
    return new LinkFrame(from, link, sequence, resync, deliveries);
  }
}
