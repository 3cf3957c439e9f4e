package dev.carillon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The JDK's strict decoder is the judge. */
class Utf8Test {

  private static boolean judge(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  private static boolean whole(byte[] bytes) {
    return Utf8.check(Utf8.COMPLETE, bytes, 0, bytes.length) == Utf8.COMPLETE;
  }

  private static boolean byteByByte(byte[] bytes) {
    int state = Utf8.COMPLETE;
    for (int i = 0; i < bytes.length && state != Utf8.INVALID; i++) {
      state = Utf8.check(state, bytes, i, i + 1);
    }
    return state == Utf8.COMPLETE;
  }

  private static void agrees(byte[] bytes) {
    assertEquals(judge(bytes), whole(bytes));
    assertEquals(judge(bytes), byteByByte(bytes));
  }

  @Test
  void everyCodePointIsJudgedAsTheDecoderDoes() {
    for (int point = 0; point <= 0x10FFFF; point++) {
      agrees(
          new StringBuilder().appendCodePoint(point).toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void everyPairAndTripleOfBytesIsJudgedAsTheDecoderDoes() {
    for (int word = 0; word < 1 << 16; word++) {
      agrees(new byte[] {(byte) (word >> 8), (byte) word});
      agrees(new byte[] {(byte) (word >> 8), (byte) word, (byte) 0x80});
    }
  }

  @Test
  void randomRunsAreJudgedAsTheDecoderDoes() {
    var random = new Random(1);
    byte[] leads = {'a', (byte) 0xC3, (byte) 0xE0, (byte) 0xED, (byte) 0xF0, (byte) 0xF4, 'z'};
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      for (int at = 0; at < bytes.length; at++) {
        boolean lead = random.nextInt(3) > 0;
        bytes[at] = lead ? leads[random.nextInt(leads.length)] : (byte) (0x80 + random.nextInt(64));
      }
      agrees(bytes);
    }
  }
}
