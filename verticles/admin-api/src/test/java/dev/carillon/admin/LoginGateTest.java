package dev.carillon.admin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.OptionReader;
import dev.carillon.limit.Source;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginGateTest {

  private static final long SECOND = 1_000_000_000L;
  private static final String PASSWORD = "correct horse";
  private static final Source HOME = Source.of("10.0.0.1");

  private final LoginGate gate =
      new LoginGate(
          OptionReader.read(
              AdminOptions.class,
              Map.of("password", PASSWORD, "attempts_per_address", 3, "attempts_total", 6)));

  @Test
  void theRightPasswordPassesAsOftenAsOneLikes() {
    for (int i = 0; i < 100; i++) {
      assertDoesNotThrow(() -> gate.check(HOME, PASSWORD, 0));
    }
  }

  @Test
  void everyWrongPasswordGetsTheSameAnswer() {
    Refusal empty = refusal(HOME, "", 0);
    Refusal nearly = refusal(Source.of("10.0.0.2"), "correct hors", 0);
    assertEquals(401, empty.status());
    assertEquals(401, nearly.status());
    assertEquals(empty.words(), nearly.words());
  }

  @Test
  void afterTooManyWrongOnesTheRightOneWaitsAsWell() {
    for (int i = 0; i < 3; i++) {
      assertEquals(401, refusal(HOME, "wrong", 0).status());
    }
    Refusal waiting = refusal(HOME, PASSWORD, 0);
    assertEquals(429, waiting.status());
    assertEquals(Duration.ofSeconds(20), waiting.retryAfter());
    assertDoesNotThrow(() -> gate.check(Source.of("10.0.0.2"), PASSWORD, 0));
    assertDoesNotThrow(() -> gate.check(HOME, PASSWORD, 20 * SECOND));
  }

  @Test
  void manyAddressesTogetherAreLimitedAsWell() {
    for (int i = 0; i < 6; i++) {
      assertEquals(401, refusal(Source.of("10.0.1." + i), "wrong", 0).status());
    }
    assertEquals(429, refusal(Source.of("10.0.2.1"), "wrong", 0).status());
    assertDoesNotThrow(() -> gate.check(HOME, PASSWORD, 10 * SECOND));
  }

  @Test
  void anAttackerGetsNoMoreGuessesThanTheRate() {
    int guesses = 0;
    for (int i = 0; i < 3_600; i++) {
      if (refusal(HOME, "wrong", i * SECOND).status() == 401) {
        guesses++;
      }
    }
    assertTrue(guesses <= 3 + 3 * 60, guesses + " guesses in an hour");
  }

  @Test
  void withoutAPasswordNothingPasses() {
    LoginGate closed = new LoginGate(OptionReader.defaults(AdminOptions.class));
    Refusal refusal = assertThrows(Refusal.class, () -> closed.check(HOME, "", 0));
    assertEquals(401, refusal.status());
  }

  private Refusal refusal(Source source, String password, long now) {
    return assertThrows(Refusal.class, () -> gate.check(source, password, now));
  }
}
