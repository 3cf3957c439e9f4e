package dev.carillon.chat;

import static dev.carillon.chat.ClientFrames.BINARY;
import static dev.carillon.chat.ClientFrames.CLOSE;
import static dev.carillon.chat.ClientFrames.FIN;
import static dev.carillon.chat.ClientFrames.PING;
import static dev.carillon.chat.ClientFrames.PONG;
import static dev.carillon.chat.ClientFrames.TEXT;
import static dev.carillon.chat.ClientFrames.close;
import static dev.carillon.chat.ClientFrames.concat;
import static dev.carillon.chat.ClientFrames.frame;
import static dev.carillon.chat.ClientFrames.header;
import static dev.carillon.chat.ClientFrames.text;
import static dev.carillon.chat.ClientFrames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 clause by clause; every accepted stream is fed whole, byte by byte and in pieces. */
class FrameAssemblerTest {

  private static final int LIMIT = 70_000;
  private static final int FRAGMENTS = 64;
  private static final byte[] NOTHING = {};

  private static class Heard implements FrameListener {
    final List<String> events = new ArrayList<>();

    @Override
    public void onMessage(Bytes message, boolean text) {
      events.add((text ? "text " : "binary ") + shown(message));
    }

    @Override
    public void onPing(Bytes payload) {
      events.add("ping " + shown(payload));
    }

    @Override
    public void onPong() {
      events.add("pong");
    }

    @Override
    public void onClose(int code) {
      events.add("close " + code);
    }

    private static String shown(Bytes bytes) {
      return bytes.length() > 100 ? String.valueOf(bytes.length()) : bytes.asUtf8();
    }
  }

  private static List<String> heard(byte[] wire, int piece) {
    var assembler = new FrameAssembler(LIMIT, FRAGMENTS);
    var heard = new Heard();
    for (int at = 0; at < wire.length; at += piece) {
      var part = Arrays.copyOfRange(wire, at, Math.min(wire.length, at + piece));
      assembler.feed(Unpooled.wrappedBuffer(part), heard);
    }
    return heard.events;
  }

  private static void accepts(List<String> events, byte[]... frames) {
    byte[] wire = concat(frames);
    for (int piece : new int[] {wire.length, 1, 2, 3, 7, 1000}) {
      assertEquals(events, heard(wire, piece), "in pieces of " + piece);
    }
  }

  private static void refuses(CloseCode code, String clause, byte[]... frames) {
    byte[] wire = concat(frames);
    for (int piece : new int[] {wire.length, 1}) {
      var violation = assertThrows(FrameViolation.class, () -> heard(wire, piece));
      assertEquals(code, violation.code());
      assertTrue(String.valueOf(violation.getMessage()).contains(clause), violation.getMessage());
    }
  }

  @Test
  void aTextFrameIsAMessage() {
    accepts(List.of("text hello"), text("hello"));
  }

  @Test
  void aBinaryFrameIsAMessageAndNotCheckedForUtf8() {
    byte[] ff = {(byte) 0xFF};
    accepts(List.of("binary \uFFFD"), frame(FIN | BINARY, ff));
  }

  @Test
  void messagesFollowEachOtherInOrder() {
    accepts(List.of("text a", "text ", "text b"), text("a"), text(""), text("b"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 255, 256, 65_535, 65_536, LIMIT})
  void everyLengthFormArrivesWhole(int length) {
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 'x');
    String shown = length > 100 ? String.valueOf(length) : "x".repeat(length);
    byte[] frame = frame(FIN | TEXT, payload);
    assertEquals(List.of("text " + shown), heard(frame, frame.length));
    assertEquals(List.of("text " + shown), heard(frame, 1));
    assertEquals(List.of("text " + shown), heard(frame, 1021));
  }

  @Test
  void everyByteIsUnmaskedWhateverThePieces() {
    byte[] payload = new byte[5000];
    new Random(7).nextBytes(payload);
    byte[] wire = concat(frame(BINARY, payload), frame(FIN, payload));
    for (int piece : new int[] {1, 3, 4, 5, 11, 4096, wire.length}) {
      var assembler = new FrameAssembler(LIMIT, FRAGMENTS);
      var messages = new ArrayList<Bytes>();
      for (int at = 0; at < wire.length; at += piece) {
        var part = Arrays.copyOfRange(wire, at, Math.min(wire.length, at + piece));
        assembler.feed(
            Unpooled.wrappedBuffer(part),
            new Heard() {
              @Override
              public void onMessage(Bytes message, boolean text) {
                messages.add(message);
              }
            });
      }
      assertEquals(List.of(Bytes.of(concat(payload, payload))), messages, "pieces of " + piece);
    }
  }

  @Test
  void fragmentsAreJoined() {
    accepts(
        List.of("text abc", "text d"),
        frame(TEXT, utf8("a")),
        frame(0, utf8("b")),
        frame(FIN, utf8("c")),
        text("d"));
  }

  @Test
  void emptyFragmentsBeginContinueAndEndAMessage() {
    accepts(
        List.of("text ab", "text ", "text c"),
        frame(TEXT, NOTHING),
        frame(0, utf8("a")),
        frame(0, NOTHING),
        frame(0, utf8("b")),
        frame(FIN, NOTHING),
        frame(TEXT, NOTHING),
        frame(FIN, NOTHING),
        text("c"));
  }

  @Test
  void controlFramesComeBetweenFragments() {
    accepts(
        List.of("ping p", "pong", "text ab"),
        frame(TEXT, utf8("a")),
        frame(FIN | PING, utf8("p")),
        frame(FIN | PONG, utf8("unasked")),
        frame(FIN, utf8("b")));
  }

  @Test
  void asManyFragmentsAsAllowedAreJoined() {
    byte[][] frames = new byte[FRAGMENTS][];
    Arrays.fill(frames, frame(0, utf8("x")));
    frames[0] = frame(TEXT, utf8("x"));
    frames[FRAGMENTS - 1] = frame(FIN, utf8("x"));
    accepts(List.of("text " + "x".repeat(FRAGMENTS)), frames);
  }

  @Test
  void oneFragmentMoreIsRefused() {
    byte[][] frames = new byte[FRAGMENTS + 1][];
    Arrays.fill(frames, frame(0, NOTHING));
    frames[0] = frame(TEXT, NOTHING);
    refuses(CloseCode.POLICY_VIOLATION, "64 fragments", frames);
  }

  @Test
  void aContinuationOfNothingIsRefused() {
    refuses(CloseCode.PROTOCOL_ERROR, "5.4", frame(FIN, utf8("x")));
    refuses(CloseCode.PROTOCOL_ERROR, "5.4", text("a"), frame(0, utf8("x")));
  }

  @ParameterizedTest
  @ValueSource(ints = {TEXT, BINARY, FIN | TEXT, FIN | BINARY})
  void aMessageInsideAMessageIsRefused(int firstByte) {
    refuses(CloseCode.PROTOCOL_ERROR, "5.4", frame(TEXT, utf8("a")), frame(firstByte, NOTHING));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x40, 0x20, 0x10, 0x70})
  void reservedBitsAreRefused(int bits) {
    refuses(CloseCode.PROTOCOL_ERROR, "5.2", frame(FIN | bits | TEXT, utf8("x")));
    refuses(CloseCode.PROTOCOL_ERROR, "5.2", frame(FIN | bits | PING, NOTHING));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF})
  void reservedOpcodesAreRefused(int opcode) {
    refuses(CloseCode.PROTOCOL_ERROR, "5.2", frame(FIN | opcode, NOTHING));
  }

  @ParameterizedTest
  @ValueSource(ints = {CLOSE, PING, PONG})
  void controlFramesAreWholeAndShort(int opcode) {
    refuses(CloseCode.PROTOCOL_ERROR, "5.5", frame(opcode, NOTHING));
    refuses(CloseCode.PROTOCOL_ERROR, "5.5", frame(FIN | opcode, new byte[126]));
  }

  @Test
  void aPingOf125BytesIsAnswered() {
    accepts(List.of("ping 125"), frame(FIN | PING, utf8("p".repeat(125))));
  }

  @Test
  void aFrameThatIsNotMaskedIsRefused() {
    refuses(CloseCode.PROTOCOL_ERROR, "5.1", new byte[] {(byte) (FIN | TEXT), 1, 'x'});
    refuses(CloseCode.PROTOCOL_ERROR, "5.1", new byte[] {(byte) (FIN | PING), 0});
  }

  @Test
  void aLengthThatIsNotInItsShortestFormIsRefused() {
    refuses(CloseCode.PROTOCOL_ERROR, "5.2", frame(FIN | TEXT, new byte[125], 2));
    refuses(CloseCode.PROTOCOL_ERROR, "5.2", frame(FIN | TEXT, new byte[65_535], 8));
  }

  @Test
  void aLengthOver2To63IsRefused() {
    refuses(CloseCode.PROTOCOL_ERROR, "5.2", header(FIN | BINARY, Long.MIN_VALUE, 8));
    refuses(CloseCode.PROTOCOL_ERROR, "5.2", header(FIN | BINARY, -1, 8));
  }

  @ParameterizedTest
  @ValueSource(longs = {LIMIT + 1, 10 << 20, 1L << 31, 1L << 32, Long.MAX_VALUE})
  void anOversizeMessageIsRefusedByItsHeader(long length) {
    refuses(CloseCode.TOO_BIG, "70000 bytes", header(FIN | BINARY, length, 8));
  }

  @Test
  void fragmentsTogetherKeepTheSizeLimit() {
    byte[] half = new byte[LIMIT / 2];
    accepts(List.of("binary " + LIMIT), frame(BINARY, half), frame(FIN, half));
    refuses(
        CloseCode.TOO_BIG,
        "70000 bytes",
        frame(BINARY, half),
        frame(0, half),
        frame(FIN, utf8("x")));
  }

  @Test
  void aCharacterMayBeSplitOverFragments() {
    byte[] bytes = utf8("a\u00E4\u20AC\uD83D\uDD14z");
    byte[][] frames = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      int first = (i == 0 ? TEXT : 0) | (i == bytes.length - 1 ? FIN : 0);
      frames[i] = frame(first, new byte[] {bytes[i]});
    }
    accepts(List.of("text a\u00E4\u20AC\uD83D\uDD14z"), frames);
  }

  @Test
  void textThatIsNotUtf8IsRefusedWithItsFirstBadByte() {
    byte[] surrogate = {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
    refuses(CloseCode.INVALID_DATA, "8.1", frame(FIN | TEXT, surrogate));
    refuses(CloseCode.INVALID_DATA, "8.1", frame(TEXT, surrogate));
    byte[] beginning = concat(header(FIN | TEXT, 50, 0), new byte[] {0x5E});
    refuses(CloseCode.INVALID_DATA, "8.1", beginning);
  }

  @Test
  void textThatEndsInsideACharacterIsRefused() {
    byte[] half = {'a', (byte) 0xE2, (byte) 0x82};
    refuses(CloseCode.INVALID_DATA, "8.1", frame(FIN | TEXT, half));
    refuses(CloseCode.INVALID_DATA, "8.1", frame(TEXT, half), frame(FIN, NOTHING));
  }

  @Test
  void aCloseFrameWithoutABodyHasCode1005() {
    accepts(List.of("close 1005"), frame(FIN | CLOSE, NOTHING));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1012, 1014, 3000, 3999, 4000, 4999})
  void closeCodesThatMayBeSentAreHeard(int code) {
    accepts(List.of("close " + code), close(code, "bye"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
  void closeCodesThatMayNotBeSentAreRefused(int code) {
    refuses(CloseCode.PROTOCOL_ERROR, "7.4", close(code, ""));
  }

  @Test
  void halfACloseCodeIsRefused() {
    refuses(CloseCode.PROTOCOL_ERROR, "5.5.1", frame(FIN | CLOSE, new byte[] {3}));
  }

  @Test
  void aCloseReasonThatIsNotUtf8IsRefused() {
    byte[] body = {0x03, (byte) 0xE8, (byte) 0xC3};
    refuses(CloseCode.INVALID_DATA, "8.1", frame(FIN | CLOSE, body));
  }

  @Test
  void whatComesAfterACloseFrameIsIgnored() {
    accepts(List.of("close 1000"), close(1000, ""), text("late"), new byte[] {0x70, 0, 0});
  }

  @Test
  void randomBytesEndInAMessageOrAViolation() {
    var random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] wire = new byte[random.nextInt(60)];
      random.nextBytes(wire);
      try {
        heard(wire, 1 + random.nextInt(60));
      } catch (FrameViolation expected) {
        assertTrue(expected.code().code() >= 1002);
      }
    }
  }
}
