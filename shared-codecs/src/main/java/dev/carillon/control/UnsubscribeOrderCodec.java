package dev.carillon.control;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link UnsubscribeOrder} on the bus. */
public final class UnsubscribeOrderCodec implements WireCodec<UnsubscribeOrder> {

  @Override
  public int id() {
    return WireIds.UNSUBSCRIBE_ORDER;
  }

  @Override
  public Class<UnsubscribeOrder> type() {
    return UnsubscribeOrder.class;
  }

  @Override
  public void write(UnsubscribeOrder order, WireWriter out) {
    TargetFields.write(order.target(), out);
    out.string(order.channel());
  }

  @Override
  public UnsubscribeOrder read(WireReader in) {
    return new UnsubscribeOrder(TargetFields.read(in), in.string());
  }
}
