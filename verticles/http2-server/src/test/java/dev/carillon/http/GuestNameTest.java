package dev.carillon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuestNameTest {

  @Test
  void ordinaryNamesOfAllScriptsStayAsTheyAre() {
    for (String name :
        new String[] {"Ada", "J\u00F6rg", "\u674E\u96F7", "\u05D3\u05D5\u05D3", "O'Neil"}) {
      assertEquals(Optional.of(name), GuestName.clean(name));
    }
  }

  @Test
  void controlAndTurningCharactersAreRemoved() {
    assertEquals(Optional.of("abc"), GuestName.clean("a\u0000b\u001Bc\u007F\u009F"));
    assertEquals(Optional.of("abc"), GuestName.clean("\u202Ea\u2066b\u200Fc\u061C\u2069"));
    assertEquals(Optional.of("abc"), GuestName.clean("a\u2028b\u2029c\uFEFF\u200B"));
    assertEquals(Optional.of("ab"), GuestName.clean("a\uD800b"));
  }

  @Test
  void joinersStayInsideANameButAreNone() {
    String family = "\uD83D\uDC69\u200D\uD83D\uDC67";
    assertEquals(Optional.of(family), GuestName.clean(family));
    assertEquals(Optional.empty(), GuestName.clean("\u200D\u200C"));
  }

  @Test
  void theLengthIsCountedInCharacters() {
    String bells = "\uD83D\uDD14".repeat(32);
    assertEquals(Optional.of(bells), GuestName.clean(bells));
    assertEquals(Optional.empty(), GuestName.clean(bells + "x"));
    assertEquals(Optional.of("x"), GuestName.clean("  x\t"));
    assertEquals(Optional.empty(), GuestName.clean("   "));
  }
}
