package dev.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {

  private static final Protocol JSON = Protocol.of(Encoding.JSON);

  @Test
  void everyCommandIsReadAsTheSdksWriteIt() throws Exception {
    assertEquals(new ConnectRequest(1, "eyJh.e30.c2ln", "js", "5.7.1"), golden("connect"));
    assertEquals(new RefreshRequest(7, "eyJh.e30.c2ln"), golden("refresh"));
    assertEquals(new SubRefreshRequest(4, "$chat:private", "t"), golden("sub_refresh"));
    assertEquals(new UnsubscribeRequest(5, "chat:lobby"), golden("unsubscribe"));
    assertEquals(new PresenceRequest(8, "chat:lobby"), golden("presence"));
    assertEquals(new PresenceStatsRequest(9, "chat:lobby"), golden("presence_stats"));
    assertEquals(new RpcRequest(11, "m", Bytes.utf8("{}")), golden("rpc"));
    assertEquals(new SendRequest(0, Bytes.utf8("{\"a\":1}")), golden("send"));
    assertEquals(Pong.PONG, golden("pong"));
    assertEquals(
        new HistoryRequest(4294967295L, "chat:lobby", -1, new StreamPosition(3, "e"), true),
        golden("history"));
  }

  @Test
  void aSubscribeKeepsWhatTheClientAsksForAndItsLargeOffset() throws Exception {
    assertEquals(
        new SubscribeRequest(
            2,
            "chat:lobby",
            "",
            true,
            new StreamPosition(9007199254740993L, "aBcDeFgH"),
            false,
            true,
            false,
            1,
            "",
            null,
            0,
            Bytes.EMPTY),
        golden("subscribe"));
    assertEquals(
        new SubscribeRequest(
            3,
            "$chat:private",
            "t",
            true,
            new StreamPosition(5, "e"),
            true,
            true,
            true,
            3,
            "fossil",
            new TagsFilter("", "k", "eq", "v", List.of(), List.of()),
            1,
            Bytes.utf8("{\"a\":1}")),
        golden("subscribe_all"));
  }

  @Test
  void aConnectNamesWhatItKnowsOfServerSideSubscriptions() throws Exception {
    var request = (ConnectRequest) golden("connect_all");
    assertEquals("t", request.token());
    assertEquals(Bytes.utf8("{\"a\":1}"), request.data());
    assertEquals(Map.of("X-Trace", "7", "Empty", ""), request.headers());
    assertEquals(4, request.flag());
    assertEquals(List.of("#ann", "news"), List.copyOf(request.subs().keySet()));
    assertEquals(SubscribeRequest.of(0, "news"), request.subs().get("news"));
    SubscribeRequest personal = Objects.requireNonNull(request.subs().get("#ann"));
    assertEquals("#ann", personal.channel());
    assertEquals(new StreamPosition(5, "e"), personal.since());
    assertTrue(personal.recover());
    assertEquals("fossil", personal.delta());
  }

  @Test
  void aFilterIsATree() throws Exception {
    var deep = "{\"nodes\":[".repeat(63) + "{}" + "]}".repeat(63);
    var request = (SubscribeRequest) golden("subscribe_filter");
    var leaf = new TagsFilter("", "k", "in", "", List.of("a", "b"), List.of());
    var not = new TagsFilter("not", "", "", "", List.of(), List.of(leaf));
    var other = new TagsFilter("", "n", "gt", "1.5", List.of(), List.of());
    assertEquals(
        new TagsFilter("and", "", "", "", List.of(), List.of(not, other)), request.filter());
    assertEquals(1, decode("{\"id\":1,\"subscribe\":{\"tf\":" + deep + "}}").size());
    String deeper = "{\"id\":1,\"subscribe\":{\"tf\":{\"nodes\":[" + deep + "]}}}";
    assertThrows(ProtocolException.class, () -> decode(deeper));
  }

  @Test
  void aPayloadIsKeptByteForByte() throws Exception {
    assertEquals(
        new PublishRequest(
            6,
            "chat:lobby",
            Bytes.utf8("{\"text\":\"h\\u00e9 😀\",\"n\":1.50, \"deep\":[[{}]]}"),
            0),
        golden("publish"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-0.50e+3",
        "\"a\\\"b\"",
        "true",
        "false",
        "{}",
        "[ ]",
        "[1, 2]",
        "\"😀\"",
        "\"\""
      })
  void anyKindOfValueIsAPayload(String value) throws Exception {
    String first = "{\"id\":1,\"publish\":{\"data\": " + value + " ,\"channel\":\"é\"}}";
    String last = "{\"publish\":{\"channel\":\"é\",\"data\":" + value + "},\"id\":1}";
    var expected = new PublishRequest(1, "é", Bytes.utf8(value), 0);
    assertEquals(List.of(expected, expected), decode(first + "\n" + last + "\n"));
  }

  @Test
  void aNullIsAnAbsentFieldButAPayload() throws Exception {
    assertEquals(
        List.of(new PublishRequest(1, "", Bytes.utf8("null"), 0)),
        decode(
            "{\"connect\":null,\"id\":null,\"id\":1,"
                + "\"publish\":{\"channel\":null,\"data\":null,\"type\":null}}"));
  }

  @Test
  void severalCommandsInAFrameKeepTheirOrder() throws Exception {
    List<Command> commands =
        decode(Golden.text("command/connect") + "\n{}\n" + Golden.text("command/unsubscribe"));
    assertEquals(
        List.of(
            new ConnectRequest(1, "eyJh.e30.c2ln", "js", "5.7.1"),
            Pong.PONG,
            new UnsubscribeRequest(5, "chat:lobby")),
        commands);
  }

  @Test
  void aCommandWithoutAnIdIsAPong() throws Exception {
    assertEquals(List.of(Pong.PONG), decode("{\"subscribe\":{\"channel\":\"c\"}}"));
    assertEquals(List.of(Pong.PONG), decode("{\"id\":0,\"unknown\":[1,{\"a\":2}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "{}\n\n{}",
        "{} {}",
        "{}x",
        "[]",
        "1",
        "null",
        "\"{}\"",
        "{",
        "{\"id\":1",
        "{\"id\":1}",
        "{\"id\":1,\"ping\":{}}",
        "{\"id\":-1,\"presence\":{\"channel\":\"c\"}}",
        "{\"id\":4294967296,\"presence\":{\"channel\":\"c\"}}",
        "{\"id\":1.5,\"presence\":{\"channel\":\"c\"}}",
        "{\"id\":\"1\",\"presence\":{\"channel\":\"c\"}}",
        "{\"id\":1,\"presence\":[]}",
        "{\"id\":1,\"presence\":\"c\"}",
        "{\"id\":1,\"presence\":{\"channel\":7}}",
        "{\"id\":1,\"presence\":{\"channel\":\"c\"}},",
        "{\"id\":1,\"presence\":{\"channel\":\"a\nb\"}}",
        "{\"id\":1,\"presence\":{\"channel\":\"a\tb\"}}",
        "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":{\"a\":}}}",
        "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":{'a':1}}}",
        "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":NaN}}",
        "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":01}}",
        "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":}}",
        "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"recover\":1}}",
        "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"offset\":-1}}",
        "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"offset\":18446744073709551615}}",
        "{\"id\":1,\"history\":{\"channel\":\"c\",\"limit\":4294967296}}",
        "{\"id\":1,\"history\":{\"channel\":\"c\",\"since\":5}}",
        "{\"id\":1,\"connect\":{\"subs\":[]}}",
        "{\"id\":1,\"connect\":{\"subs\":{\"c\":1}}}",
        "{\"id\":1,\"connect\":{\"headers\":{\"a\":1}}}",
        "{\"id\":1,\"subscribe\":{\"tf\":\"a\"}}",
        "{\"id\":1,\"subscribe\":{\"tf\":{\"vals\":\"a\"}}}",
        "{\"id\":1,\"subscribe\":{\"tf\":{\"vals\":[1]}}}",
        "{\"id\":1,\"subscribe\":{\"tf\":{\"nodes\":[1]}}}",
        "// no\n{}"
      })
  void aMalformedFrameIsABadRequest(String frame) {
    var refusal = assertThrows(ProtocolException.class, () -> decode(frame));
    assertEquals(Disconnect.BAD_REQUEST, refusal.disconnect());
  }

  @Test
  void theMessageOfARefusalQuotesNoPayload() {
    var refusal = assertThrows(ProtocolException.class, () -> decode("{\"secret\": sesame}"));
    assertTrue(!String.valueOf(refusal.getMessage()).contains("sesame"), refusal.getMessage());
  }

  @Test
  void invalidUtf8IsABadRequestWhereverItStands() {
    // Cut off, half of a surrogate pair, and a slash in two bytes instead of one.
    for (String octets : List.of("\u00C3", "\u00ED\u00A0\u0080", "\u00C0\u002F")) {
      for (String field : List.of("channel", "unknown")) {
        byte[] frame =
            ("{\"id\":1,\"presence\":{\"" + field + "\":\"" + octets + "\"}}")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(ProtocolException.class, () -> JSON.decode(frame), field);
      }
    }
  }

  @Test
  void anotherEncodingOfTextIsABadRequest() {
    byte[] utf16 = "{\"id\":1,\"rpc\":{}}".getBytes(StandardCharsets.UTF_16LE);
    assertThrows(ProtocolException.class, () -> JSON.decode(utf16));
  }

  @Test
  void aPayloadMayBeDeepButNotBottomless() throws Exception {
    assertEquals(1, decode(nested(200)).size());
    assertThrows(ProtocolException.class, () -> decode(nested(10_000)));
  }

  @Test
  void aNumberInAPayloadAndANameMayBeLongButNotEndless() throws Exception {
    String frame = "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":{\"%s\":%s}}}";
    String name = "a".repeat(50_000);
    String number = "1".repeat(1_000);
    assertEquals(1, decode(frame.formatted(name, number)).size());
    assertThrows(ProtocolException.class, () -> decode(frame.formatted(name + "a", number)));
    assertThrows(ProtocolException.class, () -> decode(frame.formatted(name, number + "1")));
  }

  private static String nested(int depth) {
    return "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":"
        + "[".repeat(depth)
        + "]".repeat(depth)
        + "}}";
  }

  private static Command golden(String name) throws ProtocolException {
    List<Command> commands = JSON.decode(Golden.bytes("command/" + name));
    assertEquals(1, commands.size());
    return commands.get(0);
  }

  private static List<Command> decode(String frame) throws ProtocolException {
    return JSON.decode(frame.getBytes(StandardCharsets.UTF_8));
  }
}
