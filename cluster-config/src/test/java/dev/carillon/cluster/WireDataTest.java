package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.cluster.tls.Trust;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireIds;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Hazelcast keeps for the node itself; the other types have a test in their package. */
public class WireDataTest {

  /** The first byte of everything that Hazelcast keeps or sends for us. */
  public static final String VERSION_HEX = "05";

  /**
   * Bytes are as written down, come back as the same value, and are refused when cut.
   *
   * @param rest what follows the version
   */
  public static void assertGolden(String rest, WireData value) {
    String hex = VERSION_HEX + rest;
    assertEquals(hex, HexFormat.of().formatHex(value.encode()));
    byte[] bytes = HexFormat.of().parseHex(hex);
    var read = (WireData) new WireFactory().create(value.getClassId());
    read.decode(bytes);
    assertEquals(hex, HexFormat.of().formatHex(read.encode()));
    assertEquals(value.getClass(), read.getClass());
    for (int length = 0; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      assertThrows(WireException.class, () -> fresh(value).decode(cut), () -> "of " + hex);
    }
    var longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(WireException.class, () -> fresh(value).decode(longer));
    bytes[0]++;
    assertThrows(WireException.class, () -> fresh(value).decode(bytes));
  }

  private static WireData fresh(WireData like) {
    return (WireData) new WireFactory().create(like.getClassId());
  }

  @Test
  void aNodeTellsItsUrls() {
    assertGolden(
        "01" + "0d" + "687474703a2f2f613a38303030", new StoredNode(List.of("http://a:8000")));
  }

  @Test
  void anUnknownIdIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new WireFactory().create(5));
  }

  @Test
  void attributesSurviveTheirWay() {
    var options = TestNodes.options(Map.of());
    var traits = MemberTraits.of(TestNodes.settings("n1", options), 42, Trust.NONE, Trust.NONE);
    assertEquals(WireIds.VERSION, traits.wireVersion());
    assertEquals(traits.process().toString(), traits.attributes().get(MemberTraits.VERTX_NODE_ID));
  }
}
