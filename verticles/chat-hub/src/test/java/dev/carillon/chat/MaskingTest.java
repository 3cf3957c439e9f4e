package dev.carillon.chat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 5.3 of RFC 6455: octet i is transformed with octet i modulo 4 of the key. */
class MaskingTest {

  private static byte[] byTheBook(int mask, int position, byte[] bytes, int from, int count) {
    byte[] all = bytes.clone();
    for (int i = 0; i < count; i++) {
      all[from + i] ^= (byte) (mask >>> 24 - 8 * ((position + i) % 4));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 0x01000000, 0x00000001, 0xA1B2C3D4, 0x7F7F7F7F})
  void everyPositionAndLengthIsMaskedAsTheBookSays(int mask) {
    byte[] bytes = new byte[64];
    new Random(3).nextBytes(bytes);
    for (int position = 0; position < 9; position++) {
      for (int from = 0; from < 9; from++) {
        for (int count = 0; from + count <= bytes.length; count++) {
          byte[] masked = bytes.clone();
          Masking.apply(mask, position, masked, from, count);
          assertArrayEquals(byTheBook(mask, position, bytes, from, count), masked);
        }
      }
    }
  }

  @Test
  void theExampleOfTheRfcIsUnmasked() {
    // Section 5.7: a single-frame masked text message.
    byte[] hello = {0x7f, (byte) 0x9f, 0x4d, 0x51, 0x58};
    Masking.apply(0x37fa213d, 0, hello, 0, hello.length);
    assertArrayEquals(ClientFrames.utf8("Hello"), hello);
  }
}
