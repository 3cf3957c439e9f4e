package dev.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.carillon.channel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Frames that no SDK sends: whatever they are, they are read or refused, and nothing else. */
class JsonDecoderPropertyTest {

  private static final Protocol JSON = Protocol.of(Encoding.JSON);
  private static final List<String> GOLDEN =
      List.of(
          "connect",
          "subscribe",
          "subscribe_all",
          "publish",
          "history",
          "presence_stats",
          "sub_refresh",
          "pong");

  @Property(tries = 3_000)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 60) byte[] frame) {
    decode(frame);
  }

  @Property(tries = 10_000)
  void anyChangedFrameIsReadOrRefused(
      @ForAll("golden") String name,
      @ForAll @IntRange(max = 1_000) int where,
      @ForAll @Size(max = 4) byte[] what,
      @ForAll @IntRange(max = 6) int removed) {
    byte[] frame = Golden.bytes("command/" + name);
    int from = where % frame.length;
    int to = Math.min(frame.length, from + removed);
    byte[] changed = new byte[frame.length - (to - from) + what.length];
    System.arraycopy(frame, 0, changed, 0, from);
    System.arraycopy(what, 0, changed, from, what.length);
    System.arraycopy(frame, to, changed, from + what.length, frame.length - to);
    decode(changed);
  }

  @Property(tries = 3_000)
  void aPayloadComesOutAsItWentIn(
      @ForAll("values") String value, @ForAll @StringLength(min = 1, max = 20) String channel)
      throws Exception {
    String quoted =
        JSON.encode(new UnsubscribePush(channel, UnsubscribeCode.INSUFFICIENT_STATE))
            .asUtf8()
            .replaceFirst("^\\{\"push\":\\{\"channel\":", "")
            .replaceFirst(",\"unsubscribe\".*$", "");
    String frame = "{\"id\":9,\"publish\":{\"data\":" + value + ",\"channel\":" + quoted + "}}";
    var expected = new PublishRequest(9, channel, Bytes.utf8(value), 0);
    assertEquals(List.of(expected), JSON.decode(frame.getBytes(StandardCharsets.UTF_8)));
  }

  @Provide
  Arbitrary<String> golden() {
    return Arbitraries.of(GOLDEN);
  }

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "0",
            "-1",
            "1.50",
            "1e9",
            "true",
            "false",
            "\"\"",
            "\"a\\n\\\"\"",
            "\"é😀\"",
            "{}",
            "[]",
            "7");
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                inner.map(value -> "[" + value + "]"),
                inner.map(value -> "[ " + value + " , null]"),
                inner.map(value -> "{\"channel\":" + value + "}"),
                inner.map(value -> "{\"data\" : " + value + " ,\"}\":\"]\"}")),
        0,
        6);
  }

  private static void decode(byte[] frame) {
    try {
      assertFalse(JSON.decode(frame).isEmpty());
    } catch (ProtocolException refused) {
      assertEquals(Disconnect.BAD_REQUEST, refused.disconnect());
    }
  }
}
