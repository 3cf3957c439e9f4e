package dev.carillon.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.wire.Golden;
import dev.carillon.wire.GoldenBytesContract;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireIds;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bytes are fixed, and so are hash and number of slots: a change changes the wire version. */
class InterestCodecsTest extends GoldenBytesContract {

  private static final Incarnation NODE = new Incarnation(0x0102030405060708L, -2);
  private static final String NODE_HEX = "0102030405060708" + "fffffffffffffffe";
  private static final String AT_HEX = "0000000000001234";

  @Override
  protected Stream<Golden<?>> goldens() {
    byte[] bitmap = new byte[32_768];
    bitmap[0] = 5;
    return Stream.of(
        new Golden<>(
            new InterestAskCodec(),
            new InterestAsk(NODE, 129, 2, 0x1234),
            "1e" + NODE_HEX + "8101" + "02" + AT_HEX),
        new Golden<>(
            new InterestWholeCodec(),
            new InterestWhole(NODE, 1, 0x1234, 3, Bytes.of(bitmap)),
            "1f" + NODE_HEX + "01" + AT_HEX + "03" + "808002" + "05" + "00".repeat(32_767)),
        new Golden<>(
            new InterestDeltaCodec(),
            new InterestDelta(NODE, 1, 0x1234, 2, 5, List.of(262_143, 0), List.of(7)),
            "20" + NODE_HEX + "01" + AT_HEX + "02" + "05" + "02" + "ffff0f" + "00" + "0107"));
  }

  @Test
  void slotsAndBitmapsOfAnotherSizeAreRefused() {
    byte[] slot = Golden.bytes("20" + NODE_HEX + "01" + AT_HEX + "0205" + "01808010");
    assertThrows(WireException.class, () -> new InterestDeltaCodec().decode(slot));
    byte[] bitmap = Golden.bytes("1f" + NODE_HEX + "01" + AT_HEX + "03" + "0105");
    assertThrows(WireException.class, () -> new InterestWholeCodec().decode(bitmap));
  }

  @Test
  void theSlotOfAChannelNeverChangesWithinAWireVersion() {
    assertEquals(5, WireIds.VERSION);
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
