package dev.carillon.cluster.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealTest {

  private static final String KEY = "000102030405060708090a0b0c0d0e0f".repeat(2);
  private static final String OTHER = "f".repeat(64);

  private static final NewPublication SAID =
      new NewPublication(
          Bytes.utf8("{\"text\":\"secret words\"}"),
          new ClientInfo("ada", "c1", Bytes.utf8("{\"name\":\"Ada\"}"), Bytes.EMPTY),
          Map.of("lang", "klingon"),
          true,
          "key-1");

  private final Seal seal = new Seal(keys(KEY));

  private static PayloadKeys keys(String... texts) {
    return new PayloadKeys(List.of(texts).stream().map(PayloadKey::parse).toList());
  }

  private static Publication stored(NewPublication sealed) {
    return stored(sealed.data());
  }

  private static Publication stored(Bytes data) {
    return new Publication(7, "e", data, null, Map.of(), true, 42);
  }

  private static String refusal(Seal seal, String channel, Bytes data) {
    var refused = assertThrows(UnreadablePayload.class, () -> seal.open(channel, stored(data)));
    return String.valueOf(refused.getMessage());
  }

  @Test
  void whatWasSealedIsOpenedAtThePositionThatItGot() {
    var opened = seal.open("room", stored(seal.seal("room", SAID)));
    assertEquals(new Publication(7, "e", SAID.data(), SAID.info(), SAID.tags(), true, 42), opened);
    assertTrue(opened.data().isJson());
    var empty = NewPublication.of(Bytes.EMPTY);
    assertEquals(Bytes.EMPTY, seal.open("room", stored(seal.seal("room", empty))).data());
  }

  @Test
  void nothingOfItCanBeRead() {
    var sealed = seal.seal("room", SAID);
    var text = new String(sealed.data().array(), StandardCharsets.ISO_8859_1);
    for (var word : List.of("secret", "ada", "Ada", "c1", "lang", "klingon")) {
      assertFalse(text.contains(word), word);
    }
    assertEquals(Map.of(), sealed.tags());
    assertEquals(null, sealed.info());
    assertEquals("key-1", sealed.idempotencyKey());
    assertTrue(sealed.delta());
  }

  @Test
  void theSameIsSealedDifferentlyEachTime() {
    var all = new HashSet<Bytes>();
    for (int i = 0; i < 1_000; i++) {
      all.add(seal.seal("room", SAID).data());
    }
    assertEquals(1_000, all.size());
  }

  @Test
  void everyChangedByteIsNoticed() {
    var sealed = seal.seal("room", SAID).data();
    for (int i = 0; i < sealed.length(); i++) {
      byte[] changed = sealed.array().clone();
      changed[i] ^= 0x40;
      assertTrue(refusal(seal, "room", Bytes.of(changed)).startsWith("publication 7 of room"));
    }
    byte[] changed = sealed.array().clone();
    changed[changed.length - 1] ^= 1;
    assertEquals(
        "publication 7 of room in epoch e was changed (expected: what key "
            + keys(KEY).trust().own()
            + " has sealed for it)",
        refusal(seal, "room", Bytes.of(changed)));
  }

  @Test
  void nothingCanBeMovedToAnotherChannelOrPutInUnsealed() {
    assertTrue(refusal(seal, "other", seal.seal("room", SAID).data()).contains(" was changed "));
    assertEquals(
        "publication 7 of room in epoch e is not sealed (expected: one that a payload key has"
            + " sealed)",
        refusal(seal, "room", SAID.data()));
  }

  @Test
  void anOlderKeyStillOpensAndAnUnknownOneIsNamed() {
    var sealed = seal.seal("room", SAID);
    var next = new Seal(keys(OTHER, KEY));
    assertEquals(SAID.data(), next.open("room", stored(sealed)).data());
    var later = next.seal("room", SAID).data();
    assertTrue(
        refusal(seal, "room", later)
            .contains("is sealed with key " + keys(OTHER).trust().own() + " (expected: one of ["));
  }

  @Test
  void keysAreWrittenInHexadecimalOrBase64() {
    byte[] bytes = HexFormat.of().parseHex(KEY);
    var id = keys(KEY).trust().own();
    for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder().withoutPadding())) {
      assertEquals(id, keys(encoder.encodeToString(bytes)).trust().own());
    }
    assertFalse(PayloadKeys.isKey("0001"));
    assertFalse(PayloadKeys.isKey("not a key"));
    assertFalse(KEY.contains(id));
    assertFalse(PayloadKey.parse(KEY).toString().contains(KEY));
  }

  @Test
  void numbersGoOnInAnotherSeriesWhenOneIsUsedUp() {
    var nonces = new Nonces((1L << 32) - 2);
    var all = new HashSet<String>();
    var series = new HashSet<String>();
    for (int i = 0; i < 5; i++) {
      var nonce = HexFormat.of().formatHex(nonces.next());
      all.add(nonce);
      series.add(nonce.substring(0, 16));
    }
    assertEquals(5, all.size());
    assertEquals(2, series.size());
  }
}
