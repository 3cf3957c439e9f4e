package dev.carillon.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Commands as a Protobuf client sends them (docs/PROTOCOL.md, "Protobuf"). */
final class ProtobufFrames {

  private static final int VARINT = 0;
  private static final int BYTES = 2;

  byte[] connect(String token, String name) {
    return command(1, 4, new Fields().text(1, token).text(4, name));
  }

  byte[] subscribe(String channel, String epoch, long offset) {
    return command(
        2,
        5,
        new Fields()
            .text(1, channel)
            .number(3, 1)
            .text(6, epoch)
            .number(7, offset)
            .number(10, 1)
            .number(14, 1));
  }

  byte[] publish(String channel, String data) {
    return command(3, 7, new Fields().text(1, channel).text(2, data));
  }

  byte[] history(String channel, int limit) {
    return command(4, 10, new Fields().text(1, channel).number(7, limit));
  }

  private static byte[] command(int id, int member, Fields request) {
    byte[] command = new Fields().number(1, id).bytes(member, request.toBytes()).toBytes();
    var frame = new Fields();
    frame.varint(command.length);
    frame.out.writeBytes(command);
    return frame.toBytes();
  }

  private static final class Fields {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Fields number(int field, long value) {
      varint((long) field << 3 | VARINT);
      varint(value);
      return this;
    }

    Fields text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Fields bytes(int field, byte[] value) {
      varint((long) field << 3 | BYTES);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    void varint(long value) {
      long rest = value;
      while (rest > 0x7F) {
        out.write((int) (rest & 0x7F | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
