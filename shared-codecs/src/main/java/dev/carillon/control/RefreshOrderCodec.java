package dev.carillon.control;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link RefreshOrder} on the bus. */
public final class RefreshOrderCodec implements WireCodec<RefreshOrder> {

  @Override
  public int id() {
    return WireIds.REFRESH_ORDER;
  }

  @Override
  public Class<RefreshOrder> type() {
    return RefreshOrder.class;
  }

  @Override
  public void write(RefreshOrder order, WireWriter out) {
    TargetFields.write(order.target(), out);
    out.bool(order.expired()).varint(order.expireAt()).bool(order.info() != null);
    if (order.info() != null) {
      out.payload(order.info());
    }
  }

  @Override
  public RefreshOrder read(WireReader in) {
    Target target = TargetFields.read(in);
    boolean expired = in.bool();
    long expireAt = in.varint();
    return new RefreshOrder(target, expired, expireAt, in.bool() ? in.payload() : null);
  }
}
