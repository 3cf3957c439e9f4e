package dev.carillon.chat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.carillon.channel.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 5.2 of RFC 6455 in the other direction. */
class FrameEncoderTest {

  private static byte[] taken(ByteBuf frame) {
    assertFalse(frame.isWritable(), "nobody can append to it");
    assertEquals(1, frame.ensureWritable(1, true), "nor make it larger");
    byte[] bytes = ByteBufUtil.getBytes(frame);
    frame.release();
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"0,8100", "125,817d", "126,817e007e", "65535,817effff", "65536,817f0000000000010000"})
  void lengthsAreInTheirShortestForm(int length, String header) {
    byte[] frame = taken(FrameEncoder.text(Bytes.of(new byte[length])));
    assertEquals(header.length() / 2 + length, frame.length);
    assertEquals(header, ByteBufUtil.hexDump(frame, 0, header.length() / 2));
  }

  @Test
  void aBinaryFrameDiffersInItsFirstByte() {
    assertArrayEquals(
        new byte[] {(byte) 0x82, 1, 7}, taken(FrameEncoder.binary(Bytes.of(new byte[] {7}))));
  }

  @Test
  void aCloseFrameHasCodeAndReason() {
    assertEquals("88050bb8627965", ByteBufUtil.hexDump(taken(FrameEncoder.close(3000, "bye"))));
    assertEquals("8800", ByteBufUtil.hexDump(taken(FrameEncoder.close())));
  }

  @Test
  void aLongReasonIsCutAtACharacter() {
    byte[] frame = taken(FrameEncoder.close(3500, "x" + "\u20AC".repeat(100)));
    assertEquals(2 + 2 + 121, frame.length, "one x and 40 characters of three bytes");
    String reason = new String(frame, 4, frame.length - 4, StandardCharsets.UTF_8);
    assertEquals("x" + "\u20AC".repeat(40), reason);
  }

  @Test
  void aPongCarriesThePayloadOfItsPing() {
    assertArrayEquals(
        new byte[] {(byte) 0x8A, 2, 'h', 'i'}, taken(FrameEncoder.pong(Bytes.utf8("hi"))));
    assertArrayEquals(new byte[] {(byte) 0x89, 0}, taken(FrameEncoder.ping()));
  }
}
