package dev.carillon.sessions;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.wire.Golden;
import dev.carillon.wire.GoldenBytesContract;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bytes of the session messages are fixed: a change here is a change of the wire version. */
class SessionCodecsTest extends GoldenBytesContract {

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

  @Override
  protected Stream<Golden<?>> goldens() {
    return Stream.of(
        new Golden<>(new SessionRecordCodec(), ROW, "4a" + ROW_HEX),
        new Golden<>(
            new SessionBeatCodec(),
            new SessionBeat(
                OWNER, 9, 300, List.of(ROW), List.of(new SessionChange("s2", STATS)), ids("s3")),
            "17" + OWNER_HEX + "09ac02" + "01" + ROW_HEX + "01027332" + STATS_HEX + "01027333"),
        new Golden<>(
            new SessionSnapshotRequestCodec(), new SessionSnapshotRequest(129, 3), "18810103"),
        new Golden<>(
            new SessionSnapshotChunkCodec(),
            new SessionSnapshotChunk(129, 9, 0, 2, List.of(ROW)),
            "198101090002" + "01" + ROW_HEX),
        new Golden<>(
            new SessionEndedCodec(),
            new SessionEnded(OWNER, SessionEnded.Reason.EXPIRED, ids("s1", "s2")),
            "1a" + OWNER_HEX + "02" + "02027331027332"),
        new Golden<>(
            new DisconnectSessionCodec(),
            new DisconnectSession("s1", "operator"),
            "1b027331086f70657261746f72"),
        new Golden<>(
            new SupersedeConnectionsCodec(),
            new SupersedeConnections("ann", "c1", 300),
            "1d03616e6e026331ac02"));
  }

  @Test
  void anUnknownReasonIsAWireException() {
    byte[] bytes = Golden.bytes("1a" + OWNER_HEX + "03" + "01027331");
    assertThrows(WireException.class, () -> new SessionEndedCodec().decode(bytes));
  }

  private static List<String> ids(String... ids) {
    return List.of(ids);
  }
}
