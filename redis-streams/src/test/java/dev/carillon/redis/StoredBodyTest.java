package dev.carillon.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.wire.WireException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bytes that stay in Redis when the software is replaced. */
class StoredBodyTest {

  private static final ClientInfo ADA = new ClientInfo("ada", "c1", Bytes.EMPTY, Bytes.EMPTY);
  private static final StreamPosition POSITION = new StreamPosition(7, "e");

  private static final NewPublication WHOLE =
      new NewPublication(Bytes.utf8("{}"), ADA, Map.of("k", "v"), true, "key");

  /** A change of these is another format, with a number and key names of its own. */
  private static final String GOLDEN = "01057b7d010361646102633100000101" + "6b017601";

  @Test
  void theBytesAreFixed() {
    assertEquals(GOLDEN, HexFormat.of().formatHex(StoredBody.encode(WHOLE)));
  }

  @Test
  void whatWasEncodedIsDecoded() {
    byte[] body = HexFormat.of().parseHex(GOLDEN);
    assertEquals(
        new Publication(7, "e", Bytes.utf8("{}"), ADA, Map.of("k", "v"), true, 12),
        StoredBody.decode(body, POSITION, 12));
    var plain = NewPublication.of(Bytes.utf8("x"));
    assertEquals(
        new Publication(7, "e", Bytes.utf8("x"), null, Map.of(), false, 12),
        StoredBody.decode(StoredBody.encode(plain), POSITION, 12));
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] body = StoredBody.encode(WHOLE);
    for (int length = 0; length < body.length; length++) {
      byte[] part = Arrays.copyOf(body, length);
      assertThrows(WireException.class, () -> StoredBody.decode(part, POSITION, 12));
    }
  }

  @Test
  void anotherFormatIsRefused() {
    byte[] body = StoredBody.encode(WHOLE);
    body[0] = 2;
    var refused = assertThrows(WireException.class, () -> StoredBody.decode(body, POSITION, 12));
    assertEquals("format 2 (expected: 1)", refused.getMessage());
  }
}
