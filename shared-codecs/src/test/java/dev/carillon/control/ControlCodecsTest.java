package dev.carillon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.StreamPosition;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of orders and questions are fixed: a change here is one of the wire version. */
class ControlCodecsTest {

  private static final Target ANN = new Target("ann", "c1");
  private static final String ANN_HEX = "03616e6e" + "026331";

  private record Golden<T>(WireCodec<T> codec, T value, String hex) {
    @Override
    public String toString() {
      return codec.type().getSimpleName();
    }
  }

  static Stream<Golden<?>> goldens() {
    var override = new OptionOverride(true, false, null, true, null);
    var grant = new SubscriptionGrant(Bytes.utf8("[1]"), Bytes.EMPTY, override);
    return Stream.of(
        new Golden<>(
            new DisconnectOrderCodec(),
            new DisconnectOrder(ANN, 4500, "no", List.of("c2")),
            "0328" + ANN_HEX + "9423" + "026e6f" + "01026332"),
        new Golden<>(
            new UnsubscribeOrderCodec(),
            new UnsubscribeOrder(ANN, "room"),
            "0329" + ANN_HEX + "04726f6f6d"),
        new Golden<>(
            new SubscribeOrderCodec(),
            new SubscribeOrder(ANN, "room", grant, 300, new StreamPosition(5, "e")),
            "032a"
                + ANN_HEX
                + "04726f6f6d"
                + "075b315d"
                + "00"
                + "0201000200"
                + "ac02"
                + "01050165"),
        new Golden<>(
            new SubscribeOrderCodec(),
            new SubscribeOrder(ANN, "room", SubscriptionGrant.PLAIN, 0, null),
            "032a" + ANN_HEX + "04726f6f6d" + "00" + "00" + "0000000000" + "00" + "00"),
        new Golden<>(
            new RefreshOrderCodec(),
            new RefreshOrder(ANN, false, 300, Bytes.utf8("{}")),
            "032b" + ANN_HEX + "00ac02" + "01057b7d"),
        new Golden<>(
            new RefreshOrderCodec(),
            new RefreshOrder(ANN, true, 0, null),
            "032b" + ANN_HEX + "0100" + "00"),
        new Golden<>(new OrderDoneCodec(), new OrderDone(300), "032cac02"),
        new Golden<>(new ChannelsQuestionCodec(), new ChannelsQuestion("a*", 9), "032d02612a09"),
        new Golden<>(
            new ChannelCountsCodec(),
            new ChannelCounts(Map.of("room", 300), false),
            "032e000104726f6f6dac02"),
        new Golden<>(new StatsQuestionCodec(), new StatsQuestion(), "032f"),
        new Golden<>(
            new NodeStatsCodec(), new NodeStats(3, 2, 1, 4, 300), "0330" + "03020104" + "ac02"));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void bytesAreGolden(Golden<T> golden) {
    assertEquals(golden.hex, HexFormat.of().formatHex(golden.codec.encode(golden.value)));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void whatWasWrittenIsReadBack(Golden<T> golden) {
    assertEquals(golden.value, golden.codec.decode(HexFormat.of().parseHex(golden.hex)));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void truncatedAtAnyByteIsAWireException(Golden<T> golden) {
    byte[] whole = golden.codec.encode(golden.value);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(WireException.class, () -> golden.codec.decode(part), part.length + " bytes");
    }
  }
}
