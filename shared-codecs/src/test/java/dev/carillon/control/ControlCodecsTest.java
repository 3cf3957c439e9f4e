package dev.carillon.control;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.StreamPosition;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.wire.Golden;
import dev.carillon.wire.GoldenBytesContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The bytes of orders and questions are fixed: a change here is one of the wire version. */
class ControlCodecsTest extends GoldenBytesContract {

  private static final Target ANN = new Target("ann", "c1");
  private static final String ANN_HEX = "03616e6e" + "026331";

  @Override
  protected Stream<Golden<?>> goldens() {
    var override = new OptionOverride(true, false, null, true, null);
    var grant = new SubscriptionGrant(Bytes.utf8("[1]"), Bytes.EMPTY, override);
    return Stream.of(
        new Golden<>(
            new DisconnectOrderCodec(),
            new DisconnectOrder(ANN, 4500, "no", List.of("c2")),
            "28" + ANN_HEX + "9423" + "026e6f" + "01026332"),
        new Golden<>(
            new UnsubscribeOrderCodec(),
            new UnsubscribeOrder(ANN, "room"),
            "29" + ANN_HEX + "04726f6f6d"),
        new Golden<>(
            new SubscribeOrderCodec(),
            new SubscribeOrder(ANN, "room", grant, 300, new StreamPosition(5, "e")),
            "2a" + ANN_HEX + "04726f6f6d" + "075b315d" + "00" + "0201000200" + "ac02" + "01050165"),
        new Golden<>(
            new SubscribeOrderCodec(),
            new SubscribeOrder(ANN, "room", SubscriptionGrant.PLAIN, 0, null),
            "2a" + ANN_HEX + "04726f6f6d" + "00" + "00" + "0000000000" + "00" + "00"),
        new Golden<>(
            new RefreshOrderCodec(),
            new RefreshOrder(ANN, false, 300, Bytes.utf8("{}")),
            "2b" + ANN_HEX + "00ac02" + "01057b7d"),
        new Golden<>(
            new RefreshOrderCodec(),
            new RefreshOrder(ANN, true, 0, null),
            "2b" + ANN_HEX + "0100" + "00"),
        new Golden<>(new OrderDoneCodec(), new OrderDone(300), "2cac02"),
        new Golden<>(
            new ChannelsQuestionCodec(),
            new ChannelsQuestion("a*", "ab", 9),
            "2d" + "02612a" + "026162" + "09"),
        new Golden<>(
            new ChannelCountsCodec(),
            new ChannelCounts(Map.of("room", 300), false),
            "2e000104726f6f6dac02"),
        new Golden<>(new StatsQuestionCodec(), new StatsQuestion(), "2f"),
        new Golden<>(
            new NodeStatsCodec(), new NodeStats(3, 2, 1, 4, 300), "30" + "03020104" + "ac02"));
  }
}
