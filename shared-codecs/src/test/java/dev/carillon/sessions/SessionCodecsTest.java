package dev.carillon.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of the session messages are fixed: a change here is a change of the wire version. */
class SessionCodecsTest {

  private static final Incarnation OWNER = new Incarnation(0x0102030405060708L, -2);
  private static final SessionStats STATS = new SessionStats(31, 2, 300, 70_000, 5, 6);
  private static final SessionRecord ROW =
      new SessionRecord(
          "s1", OWNER, "n1", "js", "ada", "10.0.0.7:40", "websocket", 1_700_000_000_000L, STATS);

  private static final String OWNER_HEX = "0102030405060708" + "fffffffffffffffe";
  private static final String STATS_HEX = "20" + "02" + "ac02" + "f0a204" + "05" + "06";
  private static final String ROW_HEX =
      "027331"
          + OWNER_HEX
          + "026e31"
          + "026a73"
          + "03616461"
          + "0b31302e302e302e373a3430"
          + "09776562736f636b6574"
          + "80d095ffbc31"
          + STATS_HEX;

  private record Golden<T>(WireCodec<T> codec, T value, String hex) {
    @Override
    public String toString() {
      return codec.type().getSimpleName();
    }
  }

  static Stream<Golden<?>> goldens() {
    return Stream.of(
        new Golden<>(new SessionRecordCodec(), ROW, "034a" + ROW_HEX),
        new Golden<>(
            new SessionBeatCodec(),
            new SessionBeat(
                OWNER, 9, 300, List.of(ROW), List.of(new SessionChange("s2", STATS)), ids("s3")),
            "0317" + OWNER_HEX + "09ac02" + "01" + ROW_HEX + "01027332" + STATS_HEX + "01027333"),
        new Golden<>(
            new SessionSnapshotRequestCodec(), new SessionSnapshotRequest(129, 3), "0318810103"),
        new Golden<>(
            new SessionSnapshotChunkCodec(),
            new SessionSnapshotChunk(129, 9, 0, 2, List.of(ROW)),
            "03198101090002" + "01" + ROW_HEX),
        new Golden<>(
            new SessionEndedCodec(),
            new SessionEnded(OWNER, SessionEnded.Reason.EXPIRED, ids("s1", "s2")),
            "031a" + OWNER_HEX + "02" + "02027331027332"),
        new Golden<>(
            new DisconnectSessionCodec(),
            new DisconnectSession("s1", "operator"),
            "031b027331086f70657261746f72"),
        new Golden<>(
            new SupersedeConnectionsCodec(),
            new SupersedeConnections("ann", "c1", 300),
            "031d03616e6e026331ac02"));
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

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void bytesLeftOverAreAWireException(Golden<T> golden) {
    byte[] whole = golden.codec.encode(golden.value);
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThrows(WireException.class, () -> golden.codec.decode(longer));
  }

  @Test
  void anUnknownReasonIsAWireException() {
    byte[] bytes = HexFormat.of().parseHex("031a" + OWNER_HEX + "03" + "01027331");
    assertThrows(WireException.class, () -> new SessionEndedCodec().decode(bytes));
  }

  private static List<String> ids(String... ids) {
    return List.of(ids);
  }
}
