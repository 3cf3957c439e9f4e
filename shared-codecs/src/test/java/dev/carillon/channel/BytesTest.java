package dev.carillon.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import org.junit.jupiter.api.Test;

class BytesTest {

  private static final byte[] FORGED = {'1', '}', '}', '\n'};

  @Test
  void whetherTheyAreJsonIsFoundOut() {
    assertTrue(Bytes.utf8("{}").isJson());
    assertFalse(Bytes.of(FORGED).isJson());
    assertFalse(Bytes.EMPTY.isJson());
  }

  @Test
  void whoeverKnowsIsBelieved() {
    assertTrue(Bytes.of(FORGED, true).isJson());
    assertFalse(Bytes.of(new byte[] {'1'}, false).isJson());
    assertFalse(Bytes.of(new byte[0], true).isJson());
  }

  @Test
  void whatIsKnownGoesAlongToOtherNodes() {
    // Told wrong on purpose: a node that looked again would answer otherwise.
    for (boolean told : new boolean[] {true, false}) {
      var out = new WireWriter(16).payload(Bytes.of(FORGED, told)).payload(Bytes.EMPTY);
      var in = new WireReader(out.toByteArray());
      assertEquals(told, in.payload().isJson());
      assertEquals(Bytes.EMPTY, in.payload());
      assertEquals(0, in.remaining());
    }
  }

  @Test
  void whatIsKnownDoesNotMakeThemDiffer() {
    assertEquals(Bytes.of(FORGED, true), Bytes.of(FORGED));
    assertEquals(Bytes.of(FORGED, true).hashCode(), Bytes.of(FORGED).hashCode());
  }
}
