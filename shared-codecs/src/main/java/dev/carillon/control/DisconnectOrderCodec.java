package dev.carillon.control;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** {@link DisconnectOrder} on the bus. */
public final class DisconnectOrderCodec implements WireCodec<DisconnectOrder> {

  @Override
  public int id() {
    return WireIds.DISCONNECT_ORDER;
  }

  @Override
  public Class<DisconnectOrder> type() {
    return DisconnectOrder.class;
  }

  @Override
  public void write(DisconnectOrder order, WireWriter out) {
    TargetFields.write(order.target(), out);
    out.varint(order.code()).string(order.reason()).varint(order.spared().size());
    order.spared().forEach(out::string);
  }

  @Override
  public DisconnectOrder read(WireReader in) {
    Target target = TargetFields.read(in);
    int code = in.int32();
    String reason = in.string();
    int count = in.count();
    List<String> spared = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      spared.add(in.string());
    }
    return new DisconnectOrder(target, code, reason, spared);
  }
}
