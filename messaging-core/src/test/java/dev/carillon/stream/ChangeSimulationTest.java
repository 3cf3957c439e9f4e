package dev.carillon.stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever no link brought is found by the owners' logs of changes: in every world each publication
 * is delivered once and in order, or its loss is said; while only links fail, within two seconds.
 */
class ChangeSimulationTest {

  private static final int WORLDS = 50_000;

  @Test
  void whatNoLinkBroughtIsFoundByTheLogsOfChanges() {
    Worlds.live(WORLDS, ChangeWorld::new).assertOften(4, 100);
  }

  /** Worlds in which changes were forgotten once: each rule is in ChannelPositionTest too. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        // An older top came after a newer one, both before the first answer.
        2958346914493980713L,
        // A comparison ended after another epoch had begun here.
        2000050188L,
        3000124364L
      })
  void aWorldThatOnceForgotAChangeFindsIt(long seed) {
    Worlds.live(seed, ChangeWorld::new);
  }
}
