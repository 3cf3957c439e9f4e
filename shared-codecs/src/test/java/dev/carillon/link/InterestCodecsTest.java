package dev.carillon.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireIds;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes are fixed, and so are hash and number of slots: a change changes the wire version. */
class InterestCodecsTest {

  private static final Incarnation NODE = new Incarnation(0x0102030405060708L, -2);
  private static final String NODE_HEX = "0102030405060708" + "fffffffffffffffe";
  private static final String AT_HEX = "0000000000001234";

  private record Golden<T>(WireCodec<T> codec, T value, String hex) {
    @Override
    public String toString() {
      return codec.type().getSimpleName();
    }
  }

  static Stream<Golden<?>> goldens() {
    byte[] bitmap = new byte[32_768];
    bitmap[0] = 5;
    return Stream.of(
        new Golden<>(
            new InterestAskCodec(),
            new InterestAsk(NODE, 129, 2, 0x1234),
            "031e" + NODE_HEX + "8101" + "02" + AT_HEX),
        new Golden<>(
            new InterestWholeCodec(),
            new InterestWhole(NODE, 1, 0x1234, 3, Bytes.of(bitmap)),
            "031f" + NODE_HEX + "01" + AT_HEX + "03" + "808002" + "05" + "00".repeat(32_767)),
        new Golden<>(
            new InterestDeltaCodec(),
            new InterestDelta(NODE, 1, 0x1234, 2, 5, List.of(262_143, 0), List.of(7)),
            "0320" + NODE_HEX + "01" + AT_HEX + "02" + "05" + "02" + "ffff0f" + "00" + "0107"));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void bytesAreGolden(Golden<T> golden) {
    assertEquals(golden.hex, HexFormat.of().formatHex(golden.codec.encode(golden.value)));
    assertEquals(golden.value, golden.codec.decode(HexFormat.of().parseHex(golden.hex)));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void truncatedBytesAreRefused(Golden<T> golden) {
    byte[] bytes = HexFormat.of().parseHex(golden.hex);
    for (int length = 0; length < Math.min(bytes.length, 100); length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(WireException.class, () -> golden.codec.decode(cut), () -> "at " + cut.length);
    }
  }

  @Test
  void slotsAndBitmapsOfAnotherSizeAreRefused() {
    byte[] slot = HexFormat.of().parseHex("0320" + NODE_HEX + "01" + AT_HEX + "0205" + "01808010");
    assertThrows(WireException.class, () -> new InterestDeltaCodec().decode(slot));
    byte[] bitmap = HexFormat.of().parseHex("031f" + NODE_HEX + "01" + AT_HEX + "03" + "0105");
    assertThrows(WireException.class, () -> new InterestWholeCodec().decode(bitmap));
  }

  @Test
  void theSlotOfAChannelNeverChangesWithinAWireVersion() {
    assertEquals(3, WireIds.VERSION);
    assertEquals(262_144, Slots.COUNT);
    assertEquals(0, Slots.of(""));
    assertEquals(
        List.of(204_569, 243_830, 133_906),
        Stream.of("a", "chat:lobby", "chat:ä").map(Slots::of).toList());
  }

  @Test
  void channelsAreSpreadOverTheSlots() {
    BitSet taken = new BitSet();
    for (int i = 0; i < 100_000; i++) {
      taken.set(Slots.of("room:" + i));
    }
    // At random it would be 83,111.
    assertTrue(taken.cardinality() > 80_000, "slots: " + taken.cardinality());
  }
}
