package dev.carillon.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.text.Utf8;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever two payloads are: their patch makes one of the other, or there is none. */
class FossilDeltaPropertyTest {

  /** Long and short, alike and not, so that runs begin and end anywhere in a block. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "\"",
          "ö",
          "é",
          "€",
          "😀",
          "😃",
          "한국어",
          "1234567",
          "1234568",
          "{\"a\":1}",
          "aaaaaaaaaaaaaaaa",
          "the quick brown fox jumps over the lazy dog",
          "the quick brown fox jumped over the lazy cat",
          "äöüäöüäöüäöüäöüäöüäöü");

  @Property(tries = 20_000)
  void aTextIsMadeOfAnother(@ForAll("texts") String base, @ForAll("texts") String target) {
    Bytes patch = FossilDelta.patch(Bytes.utf8(base), Bytes.utf8(target));
    if (patch != null) {
      assertEquals(Bytes.utf8(target), FossilPatch.apply(Bytes.utf8(base), patch));
      assertTrue(patch.length() < Bytes.utf8(target).length());
      assertTrue(Utf8.isValid(patch.array()));
    }
  }

  @Property(tries = 10_000)
  void bytesAreMadeOfOthers(@ForAll("binaries") byte[] base, @ForAll("binaries") byte[] target) {
    Bytes patch = FossilDelta.patch(Bytes.of(base), Bytes.of(target));
    if (patch != null) {
      assertEquals(Bytes.of(target), FossilPatch.apply(Bytes.of(base), patch));
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(PIECES).list().ofMaxSize(30).map(pieces -> String.join("", pieces));
  }

  /** Few different bytes, so that blocks are found again. */
  @Provide
  Arbitrary<byte[]> binaries() {
    return Arbitraries.of((byte) 0x80, (byte) 0xC3, (byte) 'a', (byte) -1)
        .array(byte[].class)
        .ofMaxSize(200);
  }
}
