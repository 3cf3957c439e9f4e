package dev.carillon.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.link.LinkAck;
import dev.carillon.link.LinkAckCodec;
import dev.carillon.link.LinkFrame;
import dev.carillon.link.LinkFrameCodec;
import dev.carillon.link.LinkPing;
import dev.carillon.link.LinkPingCodec;
import dev.carillon.node.MemberAnswer;
import dev.carillon.node.MemberAnswerCodec;
import dev.carillon.node.MemberQuestion;
import dev.carillon.node.MemberQuestionCodec;
import dev.carillon.wire.Golden;
import dev.carillon.wire.GoldenBytesContract;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bytes are fixed: a change here is a change of the wire version. */
class ChannelCodecsTest extends GoldenBytesContract {

  private static final ClientInfo INFO = new ClientInfo("ada", "c1", Bytes.utf8("{}"), Bytes.EMPTY);
  private static final String INFO_HEX = "03616461" + "026331" + "057b7d" + "00";
  private static final Publication PUBLICATION =
      new Publication(
          300, "e1", Bytes.utf8("[1]"), INFO, Map.of("b", "2", "a", "1"), true, 1_700_000_000_000L);
  private static final String PUBLICATION_HEX =
      "ac02"
          + "026531"
          + "075b315d"
          + "01"
          + INFO_HEX
          + "02"
          + "01610131"
          + "01620132"
          + "01"
          + "80d095ffbc31";
  private static final Publication LIVE =
      new Publication(0, "", Bytes.utf8("1"), null, Map.of(), 5);
  private static final Incarnation NODE = new Incarnation(0x0102030405060708L, -2);
  private static final String NODE_HEX = "0102030405060708" + "fffffffffffffffe";

  @Override
  protected Stream<Golden<?>> goldens() {
    return Stream.of(
        new Golden<>(new ClientInfoCodec(), INFO, "04" + INFO_HEX),
        new Golden<>(new PublicationCodec(), PUBLICATION, "01" + PUBLICATION_HEX),
        new Golden<>(new PublicationCodec(), LIVE, "01" + "00" + "00" + "0331" + "00" + "000005"),
        new Golden<>(new JoinCodec(), new Join(INFO), "02" + INFO_HEX),
        new Golden<>(new LeaveCodec(), new Leave(INFO), "03" + INFO_HEX),
        new Golden<>(
            new LinkFrameCodec(),
            new LinkFrame(NODE, 7, 129, true, List.of(Bytes.utf8("x"), Bytes.utf8("yz"))),
            "14" + NODE_HEX + "0000000000000007" + "8101" + "01" + "02" + "0178" + "02797a"),
        new Golden<>(
            new LinkAckCodec(),
            new LinkAck(NODE, -1, 2),
            "15" + NODE_HEX + "ffffffffffffffff" + "02"),
        new Golden<>(
            new LinkPingCodec(),
            new LinkPing(NODE, 1, 0),
            "1c" + NODE_HEX + "0000000000000001" + "00"),
        new Golden<>(new MemberQuestionCodec(), new MemberQuestion(NODE), "21" + NODE_HEX),
        new Golden<>(new MemberAnswerCodec(), new MemberAnswer(true), "22" + "01"));
  }

  @Test
  void deliveriesAreGolden() {
    assertDelivery(PUBLICATION, "016101" + PUBLICATION_HEX);
    assertDelivery(new Join(INFO), "016102" + INFO_HEX);
    assertDelivery(new Leave(INFO), "016103" + INFO_HEX);
  }

  private static void assertDelivery(ChannelEvent event, String hex) {
    ChannelDelivery delivery = new ChannelDelivery("a", event);
    Bytes bytes = ChannelDeliveryCodec.encode(delivery);
    assertEquals(hex, HexFormat.of().formatHex(bytes.array()));
    assertEquals(delivery, ChannelDeliveryCodec.decode(bytes));
    for (int length = 0; length < bytes.length(); length++) {
      Bytes cut = Bytes.of(Arrays.copyOf(bytes.array(), length));
      assertThrows(WireException.class, () -> ChannelDeliveryCodec.decode(cut));
    }
  }

  @Test
  void unknownEventsAndBytesLeftOverAreRefused() {
    for (String hex : List.of("016107", "016103" + INFO_HEX + "00")) {
      Bytes bytes = Bytes.of(HexFormat.of().parseHex(hex));
      assertThrows(WireException.class, () -> ChannelDeliveryCodec.decode(bytes), hex);
    }
  }
}
