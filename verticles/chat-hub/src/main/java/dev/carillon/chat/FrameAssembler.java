package dev.carillon.chat;

import dev.carillon.channel.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of RFC 6455 for one connection of a server: bytes in, whole messages out. It
 * knows no socket, no time and no extension, and can be fed in pieces of any size.
 *
 * <p>Memory is taken as payload arrives, never on the word of a header, and an idle connection
 * keeps no buffer. Throws a {@link FrameViolation} for the first thing that is wrong and must not
 * be fed afterwards.
 */
final class FrameAssembler {

  private enum Phase {
    FIRST_BYTE,
    LENGTH,
    EXTENDED_LENGTH,
    MASK,
    PAYLOAD,
    CLOSED
  }

  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;

  private static final int FIN = 0x80;
  private static final int RESERVED_BITS = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int SMALL_LENGTH = 0x7F;
  private static final int CONTROL_PAYLOAD_MAX = 125;

  private static final int SMALLEST_BUFFER = 256;

  private final int messageSizeLimit;
  private final int fragmentLimit;

  // Owned by the event loop of the connection.
  private Phase phase = Phase.FIRST_BYTE;
  private boolean fin;
  private int opcode;
  private int headerBytesLeft;
  private long length;
  private int smallestLength;
  private int mask;
  private int read;

  /** TEXT or BINARY while a message is incomplete, else CONTINUATION. */
  private int messageOpcode = CONTINUATION;

  private byte @Nullable [] message;
  private int messageSize;
  private int fragments;
  private int utf8 = Utf8.COMPLETE;

  /** Control frames come between the fragments of a message and need a place of their own. */
  private byte @Nullable [] control;

  FrameAssembler(int messageSizeLimit, int fragmentLimit) {
    this.messageSizeLimit = messageSizeLimit;
    this.fragmentLimit = fragmentLimit;
  }

  /** Consumes everything that is readable, and reports what it completes. */
  void feed(ByteBuf in, FrameListener listener) {
    while (in.isReadable()) {
      switch (phase) {
        case FIRST_BYTE -> firstByte(in.readUnsignedByte());
        case LENGTH -> length(in.readUnsignedByte());
        case EXTENDED_LENGTH -> extendedLength(in.readUnsignedByte());
        case MASK -> mask(in.readUnsignedByte());
        case PAYLOAD -> payload(in);
        // Section 5.5.1: after a close frame the peer must not send any more; what comes is noise.
        case CLOSED -> in.skipBytes(in.readableBytes());
      }
      if (phase == Phase.PAYLOAD && read == length) {
        phase = Phase.FIRST_BYTE;
        frameEnds(listener);
      }
    }
  }

  /** Whether nothing has begun that did not end: the next byte is the first of a message. */
  boolean isIdle() {
    return phase == Phase.FIRST_BYTE && messageOpcode == CONTINUATION;
  }

  private void firstByte(int b) {
    // Section 5.2: RSV bits must be 0 unless an extension was negotiated, and none ever is.
    refuse((b & RESERVED_BITS) != 0, "reserved bit set (RFC 6455 5.2)");
    fin = (b & FIN) != 0;
    opcode = b & OPCODE;
    switch (opcode) {
      // Section 5.4: a continuation needs a message that began ...
      case CONTINUATION ->
          refuse(messageOpcode == CONTINUATION, "continuation of nothing (RFC 6455 5.4)");
      // ... and fragments of two messages must not be interleaved.
      case TEXT, BINARY -> {
        refuse(messageOpcode != CONTINUATION, "message inside a message (RFC 6455 5.4)");
        messageOpcode = opcode;
      }
      // Section 5.5: control frames must not be fragmented.
      case CLOSE, PING, PONG -> refuse(!fin, "fragmented control frame (RFC 6455 5.5)");
      // Section 5.2: opcodes 3 to 7 and B to F are reserved.
      default -> refuse(true, "reserved opcode (RFC 6455 5.2)");
    }
    if (!isControl() && ++fragments > fragmentLimit) {
      throw new FrameViolation(
          CloseCode.POLICY_VIOLATION, "more than " + fragmentLimit + " fragments");
    }
    phase = Phase.LENGTH;
  }

  private void length(int b) {
    // Section 5.1: a server must close the connection upon a frame that is not masked.
    refuse((b & MASKED) == 0, "frame not masked (RFC 6455 5.1)");
    length = b & SMALL_LENGTH;
    // Section 5.5: all control frames must have a payload length of 125 bytes or less.
    refuse(isControl() && length > CONTROL_PAYLOAD_MAX, "control frame too long (RFC 6455 5.5)");
    if (length <= CONTROL_PAYLOAD_MAX) {
      lengthKnown();
      return;
    }
    headerBytesLeft = length == 126 ? Short.BYTES : Long.BYTES;
    smallestLength = length == 126 ? 126 : 65_536;
    length = 0;
    phase = Phase.EXTENDED_LENGTH;
  }

  private void extendedLength(int b) {
    // Section 5.2: the most significant bit of a 64-bit length must be 0.
    refuse(headerBytesLeft == Long.BYTES && b > 0x7F, "length over 2^63 (RFC 6455 5.2)");
    length = (length << Byte.SIZE) | b;
    if (--headerBytesLeft == 0) {
      // Section 5.2: the minimal number of bytes must be used.
      refuse(length < smallestLength, "length not in its shortest form (RFC 6455 5.2)");
      lengthKnown();
    }
  }

  private void lengthKnown() {
    // Section 7.4.1: 1009 for a message that is too big, before a byte of it is kept.
    if (!isControl() && length > messageSizeLimit - messageSize) {
      throw new FrameViolation(
          CloseCode.TOO_BIG, "message larger than " + messageSizeLimit + " bytes");
    }
    headerBytesLeft = Integer.BYTES;
    phase = Phase.MASK;
  }

  private void mask(int b) {
    mask = (mask << Byte.SIZE) | b;
    if (--headerBytesLeft == 0) {
      read = 0;
      control = isControl() ? new byte[(int) length] : null;
      phase = Phase.PAYLOAD;
    }
  }

  private void payload(ByteBuf in) {
    int chunk = (int) Math.min(length - read, in.readableBytes());
    if (control != null) {
      unmask(in, control, read, chunk);
    } else {
      byte[] target = room(chunk);
      unmask(in, target, messageSize, chunk);
      if (messageOpcode == TEXT) {
        utf8 = Utf8.check(utf8, target, messageSize, messageSize + chunk);
        // Section 8.1: fail the connection when a byte stream is not valid UTF-8.
        invalid(utf8 == Utf8.INVALID, "text is not UTF-8 (RFC 6455 8.1)");
      }
      messageSize += chunk;
    }
    read += chunk;
  }

  private void unmask(ByteBuf in, byte[] target, int at, int chunk) {
    in.readBytes(target, at, chunk);
    Masking.apply(mask, read, target, at, chunk);
  }

  /** A buffer with room for the chunk; exact when the chunk is known to be the last. */
  private byte[] room(int chunk) {
    int needed = messageSize + chunk;
    byte[] known = message;
    if (known == null || known.length < needed) {
      int end = messageSize + (int) (length - read);
      int wish = known == null ? SMALLEST_BUFFER : 2 * known.length;
      int most = fin ? end : messageSizeLimit;
      int size = Math.max(needed, Math.min(wish, most));
      known = known == null ? new byte[size] : Arrays.copyOf(known, size);
      message = known;
    }
    return known;
  }

  private void frameEnds(FrameListener listener) {
    if (isControl()) {
      byte[] payload = control == null ? new byte[0] : control;
      control = null;
      controlEnds(payload, listener);
    } else if (fin) {
      messageEnds(listener);
    }
  }

  private void messageEnds(FrameListener listener) {
    // Section 8.1 again: a text message must not end inside a character.
    invalid(utf8 != Utf8.COMPLETE, "text ends inside a character (RFC 6455 8.1)");
    boolean text = messageOpcode == TEXT;
    byte[] whole = message == null ? new byte[0] : message;
    Bytes bytes = Bytes.of(whole.length == messageSize ? whole : Arrays.copyOf(whole, messageSize));
    message = null;
    messageSize = 0;
    fragments = 0;
    messageOpcode = CONTINUATION;
    listener.onMessage(bytes, text);
  }

  private void controlEnds(byte[] payload, FrameListener listener) {
    switch (opcode) {
      case PING -> listener.onPing(Bytes.of(payload));
      case PONG -> listener.onPong();
      default -> {
        phase = Phase.CLOSED;
        message = null;
        listener.onClose(closeCode(payload));
      }
    }
  }

  /** Section 7.1.5: a close frame without a body has the code 1005, which is never on the wire. */
  private static int closeCode(byte[] payload) {
    if (payload.length == 0) {
      return 1005;
    }
    // Section 5.5.1: if there is a body, its first two bytes are the code.
    refuse(payload.length == 1, "close frame with half a code (RFC 6455 5.5.1)");
    int code = (payload[0] & 0xFF) << Byte.SIZE | payload[1] & 0xFF;
    refuse(!CloseCode.mayBeReceived(code), "close code " + code + " (RFC 6455 7.4)");
    // Section 5.5.1: the rest is UTF-8 text.
    int utf8 = Utf8.check(Utf8.COMPLETE, payload, 2, payload.length);
    invalid(utf8 != Utf8.COMPLETE, "close reason is not UTF-8 (RFC 6455 8.1)");
    return code;
  }

  private boolean isControl() {
    return opcode >= CLOSE;
  }

  private static void refuse(boolean broken, String rule) {
    if (broken) {
      throw new FrameViolation(CloseCode.PROTOCOL_ERROR, rule);
    }
  }

  private static void invalid(boolean broken, String rule) {
    if (broken) {
      throw new FrameViolation(CloseCode.INVALID_DATA, rule);
    }
  }
}
