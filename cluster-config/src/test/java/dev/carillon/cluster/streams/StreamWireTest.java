package dev.carillon.cluster.streams;

import static dev.carillon.cluster.WireDataTest.VERSION_HEX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.WireData;
import dev.carillon.cluster.WireFactory;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import dev.carillon.stream.ChannelStream;
import dev.carillon.stream.IdempotencyKey;
import dev.carillon.stream.RememberedKey;
import dev.carillon.stream.Retention;
import dev.carillon.stream.StoredPublication;
import dev.carillon.stream.StreamChange;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireIds;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes are fixed: a change here is a change of the wire version. */
class StreamWireTest {

  private static final IdempotencyKey KEY = new IdempotencyKey(1, -1);
  private static final String KEY_HEX = "0000000000000001" + "ffffffffffffffff";
  private static final Retention RETENTION = new Retention(300, 4_096, 1_000, 2_000, 3_000);
  private static final String RETENTION_HEX = "ac02" + "8020" + "e807" + "d00f" + "b817";
  private static final StreamCall CALL = new StreamCall("e1", 129, 2, true, 200, RETENTION);
  private static final String CALL_HEX = "026531" + "8101" + "02" + "01" + "c801" + RETENTION_HEX;
  private static final ClientInfo INFO = new ClientInfo("u", "c", Bytes.EMPTY, Bytes.EMPTY);
  private static final String INFO_HEX = "0175" + "0163" + "00" + "00";
  private static final Publication PUBLICATION =
      new Publication(2, "e1", Bytes.utf8("[]"), INFO, Map.of("k", "v"), true, 129);
  private static final String PUBLICATION_HEX =
      "02" + "026531" + "055b5d" + "01" + INFO_HEX + "01016b0176" + "01" + "8101";
  private static final ChannelStream STREAM =
      ChannelStream.restore(
          new StreamPosition(2, "e1"),
          129,
          1_000,
          List.of(PUBLICATION),
          List.of(new RememberedKey(KEY, 2, 129)));
  private static final String STREAM_HEX =
      "026531" + "02" + "8101" + "e807" + "01" + PUBLICATION_HEX + "01" + KEY_HEX + "02" + "8101";

  private record Golden(int id, WireData value, String hex) {
    @Override
    public String toString() {
      return value.getClass().getSimpleName();
    }
  }

  static Stream<Golden> goldens() {
    NewPublication unstored =
        new NewPublication(Bytes.utf8("[]"), INFO, Map.of("k", "v"), true, "hashed away");
    StoredPublication stored = new StoredPublication(PUBLICATION, KEY, false);
    StoredPublication duplicate = new StoredPublication(PUBLICATION, KEY, true);
    return Stream.of(
        new Golden(WireIds.STORED_STREAM, new StoredStream(STREAM, 5), "05" + STREAM_HEX),
        new Golden(
            WireIds.APPEND,
            new Append(CALL, true, List.of(new Append.Entry(unstored, KEY))),
            CALL_HEX + "01" + "01" + KEY_HEX + "055b5d" + "01" + INFO_HEX + "01016b0176" + "01"),
        new Golden(
            WireIds.APPEND_BACKUP,
            new AppendBackup(new StreamPosition(2, "e1"), List.of(stored), RETENTION).in(300),
            "ac02" + "02026531" + RETENTION_HEX + "01" + KEY_HEX + PUBLICATION_HEX),
        new Golden(
            WireIds.APPENDED,
            StoredAppend.of("e1", List.of(stored, duplicate)),
            "026531" + "02" + "02810100" + "02810101" + PUBLICATION_HEX),
        new Golden(
            WireIds.READ,
            new ReadStream(CALL, true, new HistoryQuery(new StreamPosition(7, "e1"), 5, true)),
            CALL_HEX + "01" + "01" + "07026531" + "05" + "01"),
        new Golden(
            WireIds.STORED_HISTORY,
            new StoredHistory(new History(new StreamPosition(2, "e1"), List.of(PUBLICATION))),
            "02026531" + "01" + PUBLICATION_HEX),
        new Golden(
            WireIds.ENSURE,
            new EnsureStream(CALL, false, new StreamPosition(7, "e0")),
            CALL_HEX + "00" + "07026530"),
        new Golden(
            WireIds.CONFIRM,
            new ConfirmStream<>(new StreamPosition(300, "e1")).in(7),
            "07" + "ac02026531"),
        new Golden(
            WireIds.READ_CHANGES,
            new ReadChanges(Map.of(200, new ChangeVersion(-2, 129))),
            "01" + "c801" + "fffffffffffffffe" + "8101"),
        new Golden(
            WireIds.STORED_CHANGES,
            new StoredChanges(
                List.of(
                    new Changes(
                        200,
                        new ChangeVersion(-2, 129),
                        true,
                        List.of(new StreamChange("c", new StreamPosition(300, "e1")))))),
            "01" + "c801" + "fffffffffffffffe" + "8101" + "01" + "01" + "0163" + "ac02026531"),
        new Golden(
            WireIds.STREAM_COPY, new StreamCopy<>(STREAM, 2_000).in(7), "07" + "d00f" + STREAM_HEX),
        new Golden(WireIds.LATEST_TERM, new LatestTerm(), ""),
        new Golden(WireIds.TOP, new ReadTop(), ""),
        new Golden(WireIds.KEEP, new KeepStream(3_000, 129), "b817" + "8101"),
        new Golden(WireIds.EXPIRE, new ExpireStream(129), "8101"),
        new Golden(
            WireIds.STORED_POSITION,
            new StoredPosition(new StreamPosition(300, "e1")),
            "ac02026531"));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void bytesAreGolden(Golden golden) {
    assertEquals(VERSION_HEX + golden.hex, HexFormat.of().formatHex(golden.value.encode()));
    assertEquals(golden.id, golden.value.getClassId());
    assertEquals(WireIds.FACTORY, golden.value.getFactoryId());
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void whatTheFactoryMakesReadsAndWritesTheSame(Golden golden) {
    WireData made = (WireData) new WireFactory().create(golden.id);
    made.decode(HexFormat.of().parseHex(VERSION_HEX + golden.hex));
    assertEquals(VERSION_HEX + golden.hex, HexFormat.of().formatHex(made.encode()));
    assertEquals(golden.value.getClass(), made.getClass());
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void truncatedBytesAreRefused(Golden golden) {
    byte[] bytes = HexFormat.of().parseHex(VERSION_HEX + golden.hex);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      WireData made = (WireData) new WireFactory().create(golden.id);
      assertThrows(WireException.class, () -> made.decode(cut), () -> "at " + cut.length);
    }
  }

  @Test
  void aBackupThatIsBehindDoesNotAcknowledgeWhatWasStoredBefore() {
    var repeated = new AppendBackup(new StreamPosition(2, "e1"), List.of(), RETENTION);
    var behind = Map.entry("c", new StoredStream(new ChannelStream("e1", 0), 0));
    assertThrows(IllegalStateException.class, () -> repeated.apply(behind, 0));
  }

  @Test
  void keysAreHashedAlikeEverywhere() {
    assertEquals(
        new IdempotencyKey(0x2c70e12b7a0646f9L, 0x2279f427c7b38e73L), IdempotencyKey.of("key"));
    assertEquals(IdempotencyKey.NONE, IdempotencyKey.of(""));
  }
}
