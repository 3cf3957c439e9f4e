package dev.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as bytes, written down from the encoding page of the Protocol Buffers documentation. */
class ProtobufDecoderTest {

  private static final Protocol PROTOBUF = Protocol.of(Encoding.PROTOBUF);

  /** Command 2, presence of the channel "c". */
  private static final String PRESENCE = "07" + "0802" + "42030a0163";

  @Test
  void anEmptyCommandIsAPong() throws Exception {
    assertEquals(List.of(Pong.PONG), decode("00"));
    // Without an id, but with a member that needs one.
    assertEquals(List.of(Pong.PONG), decode("0542030a0163"));
  }

  @Test
  void severalCommandsInAFrameKeepTheirOrder() throws Exception {
    assertEquals(
        List.of(new PresenceRequest(2, "c"), Pong.PONG, new PresenceRequest(2, "c")),
        decode(PRESENCE + "00" + PRESENCE));
  }

  @Test
  void aMessageNeedsNoId() throws Exception {
    assertEquals(
        List.of(new SendRequest(0, Bytes.of(new byte[] {1, 2}))), decode("0662040a020102"));
  }

  @Test
  void largeNumbersAreRead() throws Exception {
    // The largest id; limit -1 in ten bytes; offset 2^63 - 1.
    var since = new StreamPosition(Long.MAX_VALUE, "");
    assertEquals(
        List.of(new HistoryRequest(4294967295L, "", -1, since, false)),
        decode("1f08ffffffff0f521738ffffffffffffffffff01420a08ffffffffffffffff7f"));
  }

  @Test
  void aNumberMayTakeMoreBytesThanItNeeds() throws Exception {
    assertEquals(List.of(new PresenceRequest(2, "c")), decode("8900" + "08828000" + "42030a0163"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f80107", // a number
        "f901" + "0102030405060708", // eight bytes
        "fa0103" + "616263", // bytes
        "fd01" + "01020304", // four bytes
        "fb01fc01", // an empty group
        "fb01" + "0807" + "fb01fc01" + "1201ff" + "fc01", // a group with fields and a group
      })
  void unknownFieldsAreSkippedWhereverTheyStand(String unknown) throws Exception {
    String inner = length(unknown + "0a0163" + unknown);
    assertEquals(
        List.of(new PresenceRequest(2, "c")),
        decode(length(unknown + "0802" + unknown + "42" + inner + unknown)));
  }

  @Test
  void theFirstOfSeveralMembersCounts() throws Exception {
    assertEquals(
        List.of(new PresenceRequest(2, "c")), decode(length("0802" + "42030a0163" + "32030a0164")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // no command
        "01", // less than the length says
        "ff", // a length without an end
        "ffffffff0f", // a length of 4 GiB
        "ffffffffffffffffff01", // a length below zero
        "808080808080808080800000", // a length of eleven bytes
        "80808080808080808002", // a length of more than 64 bits
        "020802", // an id without a member
        "0408025a00", // ping is no command
        "0708024205" + "0a0163", // a member longer than its command
        "0708024203" + "0a0263", // a text longer than its member
        "070802" + "42030a01ff", // a text that is not UTF-8
        "080802" + "42040a02c0af", // a text that hides a slash
        "0608024202" + "0801", // a channel that is a number
        "0408024001", // a member that is a number
        "050a010142030a0163", // an id that is text
        "0d08808080801042030a0163", // an id of 33 bits
        "1008ffffffffffffffffff0142030a0163", // an id below zero
        "1208022a0e38ffffffffffffffffff01" + "0a0163", // an offset of 2^64 - 1
        "0a080252063880808080" + "10", // a limit of 33 bits
        "0208020007", // something after the command that is none
        "0300" + "0000", // field 0
        "0106", // a type of the wire that does not exist
        "0206", // the same with a byte after it
        "0107", // and the other one
        "020c0c", // the end of a group that did not begin
        "0103", // field 0 as a group
        "020b", // a group without an end
      })
  void aMalformedFrameIsABadRequest(String frame) {
    var refusal = assertThrows(ProtocolException.class, () -> decode(frame));
    assertEquals(Disconnect.BAD_REQUEST, refusal.disconnect());
  }

  @Test
  void aFrameThatIsCutOffAnywhereButBetweenCommandsIsABadRequest() throws Exception {
    byte[] whole = HexFormat.of().parseHex(PRESENCE + "00" + PRESENCE);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      if (length == 8 || length == 9) {
        assertEquals(length - 7, PROTOBUF.decode(part).size());
      } else {
        assertThrows(ProtocolException.class, () -> PROTOBUF.decode(part), "at " + length);
      }
    }
  }

  @Test
  void aFilterMayBeDeepButNotBottomless() throws Exception {
    assertEquals(1, decode(subscribe(filter(64))).size());
    assertThrows(ProtocolException.class, () -> decode(subscribe(filter(65))));
    assertThrows(ProtocolException.class, () -> decode(subscribe(filter(10_000))));
  }

  @Test
  void groupsMayBeAsDeepAsTheFrameIsLong() throws Exception {
    String groups = "fb01".repeat(10_000) + "fc01".repeat(10_000);
    assertEquals(
        List.of(new PresenceRequest(2, "c")), decode(length("0802" + groups + "42030a0163")));
  }

  private static String filter(int depth) {
    String filter = "";
    for (int i = 1; i < depth; i++) {
      filter = "32" + length(filter);
    }
    return filter;
  }

  private static String subscribe(String filter) {
    return length("0802" + "2a" + length("0a0163" + "6a" + length(filter)));
  }

  /** With its length before it. */
  private static String length(String message) {
    var length = new StringBuilder();
    int rest = message.length() / 2;
    while (rest > 0x7F) {
      length.append("%02x".formatted(rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    return length.append("%02x".formatted(rest)) + message;
  }

  private static List<Command> decode(String hex) throws ProtocolException {
    return PROTOBUF.decode(HexFormat.of().parseHex(hex));
  }
}
