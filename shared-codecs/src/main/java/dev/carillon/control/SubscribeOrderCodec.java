package dev.carillon.control;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.StreamPosition;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** {@link SubscribeOrder} on the bus. */
public final class SubscribeOrderCodec implements WireCodec<SubscribeOrder> {

  @Override
  public int id() {
    return WireIds.SUBSCRIBE_ORDER;
  }

  @Override
  public Class<SubscribeOrder> type() {
    return SubscribeOrder.class;
  }

  @Override
  public void write(SubscribeOrder order, WireWriter out) {
    TargetFields.write(order.target(), out);
    out.string(order.channel()).payload(order.grant().info()).payload(order.grant().data());
    OptionOverride override = order.grant().override();
    option(out, override.presence());
    option(out, override.joinLeave());
    option(out, override.forcePushJoinLeave());
    option(out, override.forcePositioning());
    option(out, override.forceRecovery());
    StreamPosition since = order.since();
    out.varint(order.expireAt()).bool(since != null);
    if (since != null) {
      out.varint(since.offset()).string(since.epoch());
    }
  }

  @Override
  public SubscribeOrder read(WireReader in) {
    Target target = TargetFields.read(in);
    String channel = in.string();
    Bytes info = in.payload();
    Bytes data = in.payload();
    var override = new OptionOverride(option(in), option(in), option(in), option(in), option(in));
    long expireAt = in.varint();
    var since = in.bool() ? new StreamPosition(in.varint(), in.string()) : null;
    var grant = new SubscriptionGrant(info, data, override);
    return new SubscribeOrder(target, channel, grant, expireAt, since);
  }

  private static void option(WireWriter out, @Nullable Boolean value) {
    out.u8(value == null ? 0 : value ? 2 : 1);
  }

  private static @Nullable Boolean option(WireReader in) {
    int value = in.u8();
    return value == 0 ? null : value == 2;
  }
}
