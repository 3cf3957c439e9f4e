package dev.carillon.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FossilDeltaTest {

  private static final String TICK =
      "{\"ticker\":\"ACME\",\"bid\":101.25,\"ask\":101.5,\"volume\":1200,\"venue\":\"north\"}";

  @Test
  void whatBeginsAndEndsTheSameIsCopied() {
    assertEquals("18\nR@0,1:7h@S,18wurk;", patch(TICK, TICK.replace("101.25", "101.75")));
  }

  @Test
  void theSamePayloadIsOneCopy() {
    assertEquals("18\n18@0,18wurf;", patch(TICK, TICK));
  }

  @Test
  void thereIsNoPatchThatIsNotShorter() {
    assertNull(FossilDelta.patch(Bytes.utf8("{\"n\":1}"), Bytes.utf8("{\"n\":2}")));
    assertNull(FossilDelta.patch(random(1, 500), random(2, 500)));
    assertNull(FossilDelta.patch(Bytes.utf8("1"), Bytes.utf8("1")));
  }

  @Test
  void nothingIsABaseOrATarget() {
    assertNull(FossilDelta.patch(Bytes.EMPTY, Bytes.utf8(TICK)));
    assertNull(FossilDelta.patch(Bytes.utf8(TICK), Bytes.EMPTY));
  }

  @Test
  void partsThatMovedAreFound() {
    String base = lines(0, 40);
    String target = lines(30, 40) + "and something that is new\n" + lines(0, 30);
    assertTrue(patch(base, target).length() < 80, patch(base, target));
  }

  @Test
  void whatWasInsertedInManyPlacesIsAllThatIsSent() {
    String base = lines(0, 100);
    String target = base.replace("7\n", "seven\n");
    assertTrue(patch(base, target).length() < target.length() / 5);
  }

  @Test
  void aCharacterIsNeverCutInTwo() {
    String base = "{\"greeting\":\"guten Tag, schöne Welt, wie geht es dir heute abend?\"}";
    for (String other : new String[] {"é", "ä", "ø", "€", "한", "😀", "😃"}) {
      String target = base.replace("ö", other);
      assertTrue(Utf8.isValid(checked(base, target).array()), other);
      assertTrue(Utf8.isValid(checked(target, base).array()), other);
    }
  }

  @Test
  void whatContinuesNoCharacterIsCopiedToo() {
    byte[] base = new byte[400];
    Arrays.fill(base, (byte) 0x80);
    byte[] target = Arrays.copyOf(base, 500);
    assertTrue(checked(Bytes.of(base), Bytes.of(target)).length() < 130);
  }

  @Test
  void payloadsThatRepeatThemselvesTakeNoLonger() {
    // One block over and over in the base, and in the target after each block one other byte: with
    // every block looked at this would be 10^12 steps.
    int size = 1 << 20;
    byte[] base = new byte[size];
    Arrays.fill(base, (byte) 'a');
    byte[] target = base.clone();
    for (int i = 0; i < size; i += 17) {
      target[i] = 'b';
    }
    checked(Bytes.of(base), Bytes.of(target));
  }

  @Test
  void checksumsAreThoseOfTheFormat() {
    assertEquals(0, PatchWriter.checksum(new byte[0]));
    assertEquals(0x61000000, PatchWriter.checksum(bytes("a")));
    assertEquals(0xC6C86364, PatchWriter.checksum(bytes("abcdef")));
    assertEquals(-2, PatchWriter.checksum(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}));
  }

  private static String patch(String base, String target) {
    return checked(base, target).asUtf8();
  }

  private static Bytes checked(String base, String target) {
    return checked(Bytes.utf8(base), Bytes.utf8(target));
  }

  /** The patch, which must give the target. */
  private static Bytes checked(Bytes base, Bytes target) {
    Bytes patch = FossilDelta.patch(base, target);
    assertNotNull(patch);
    assertEquals(target, FossilPatch.apply(base, patch));
    return patch;
  }

  private static String lines(int from, int end) {
    return IntStream.range(from, end)
        .mapToObj(i -> "line number " + i + " of a longer text\n")
        .collect(Collectors.joining());
  }

  private static Bytes random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
