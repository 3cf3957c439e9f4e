package dev.carillon.control;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link OrderDone} on the bus. */
public final class OrderDoneCodec implements WireCodec<OrderDone> {

  @Override
  public int id() {
    return WireIds.ORDER_DONE;
  }

  @Override
  public Class<OrderDone> type() {
    return OrderDone.class;
  }

  @Override
  public void write(OrderDone done, WireWriter out) {
    out.varint(done.connections());
  }

  @Override
  public OrderDone read(WireReader in) {
    return new OrderDone(in.int32());
  }
}
