package dev.carillon.chat;

import dev.carillon.channel.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * The sending half of RFC 6455: whole, unmasked frames (section 5.1 forbids a server to mask).
 *
 * <p>Every buffer is exactly as large as its frame and can't grow. The TLS handler appends small
 * writes to a buffer that has room; appending to bytes that many connections share would mix them.
 */
final class FrameEncoder {

  /** Section 5.5: 125 bytes in a control frame, of which the close code takes two. */
  static final int CLOSE_REASON_MAX = 123;

  private static final int FIN = 0x80;
  private static final int TEXT = FIN | 0x1;
  private static final int BINARY = FIN | 0x2;
  private static final int CLOSE = FIN | 0x8;
  private static final int PING = FIN | 0x9;
  private static final int PONG = FIN | 0xA;
  private static final int SMALL = 125;

  private FrameEncoder() {}

  /** A text frame. The payload must be valid UTF-8. */
  static ByteBuf text(Bytes payload) {
    return frame(TEXT, payload.array());
  }

  /** A binary frame. */
  static ByteBuf binary(Bytes payload) {
    return frame(BINARY, payload.array());
  }

  /** A ping without a payload (section 5.5.2). */
  static ByteBuf ping() {
    return frame(PING, new byte[0]);
  }

  /** The answer to a ping: the same payload (section 5.5.3). */
  static ByteBuf pong(Bytes payload) {
    return frame(PONG, payload.array());
  }

  /** A close frame; a reason of more than 123 bytes is cut at a character. */
  static ByteBuf close(int code, String reason) {
    byte[] text = cut(reason).getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[Short.BYTES + text.length];
    body[0] = (byte) (code >>> Byte.SIZE);
    body[1] = (byte) code;
    System.arraycopy(text, 0, body, Short.BYTES, text.length);
    return frame(CLOSE, body);
  }

  /** A close frame without a code, the answer to one without a code. */
  static ByteBuf close() {
    return frame(CLOSE, new byte[0]);
  }

  private static String cut(String reason) {
    int end = reason.length();
    while (reason.substring(0, end).getBytes(StandardCharsets.UTF_8).length > CLOSE_REASON_MAX) {
      end = reason.offsetByCodePoints(end, -1);
    }
    return reason.substring(0, end);
  }

  private static ByteBuf frame(int firstByte, byte[] payload) {
    int length = payload.length;
    int header = length <= SMALL ? 2 : length <= 0xFFFF ? 4 : 10;
    int size = header + length;
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(size, size);
    frame.writeByte(firstByte);
    switch (header) {
      case 2 -> frame.writeByte(length);
      case 4 -> frame.writeByte(126).writeShort(length);
      default -> frame.writeByte(127).writeLong(length);
    }
    return frame.writeBytes(payload);
  }
}
