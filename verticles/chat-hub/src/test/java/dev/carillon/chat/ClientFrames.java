package dev.carillon.chat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Frames as a client masks them, correct or broken on purpose. */
final class ClientFrames {

  static final int FIN = 0x80;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;
  static final int MASK = 0xA1B2C3D4;

  private ClientFrames() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] text(String text) {
    return frame(FIN | TEXT, utf8(text));
  }

  static byte[] close(int code, String reason) {
    return frame(FIN | CLOSE, concat(new byte[] {(byte) (code >> 8), (byte) code}, utf8(reason)));
  }

  /** A frame with the shortest length form. */
  static byte[] frame(int firstByte, byte[] payload) {
    int form = payload.length <= 125 ? 0 : payload.length <= 65_535 ? 2 : 8;
    return frame(firstByte, payload, form);
  }

  /** A frame whose length takes this many extended bytes. */
  static byte[] frame(int firstByte, byte[] payload, int form) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(header(firstByte, payload.length, form));
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ (MASK >>> 24 - 8 * (i & 3)));
    }
    return out.toByteArray();
  }

  /** The header alone, with whatever length it claims. */
  static byte[] header(int firstByte, long length, int form) {
    var out = new ByteArrayOutputStream();
    out.write(firstByte);
    out.write(0x80 | (form == 0 ? (int) length : form == 2 ? 126 : 127));
    for (int i = form - 1; i >= 0; i--) {
      out.write((int) (length >>> 8 * i));
    }
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(MASK >>> shift);
    }
    return out.toByteArray();
  }

  static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
