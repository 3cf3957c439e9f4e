package dev.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDistanceTest {
  private static final List<String> KNOWN =
      List.of("http_server.port", "http_server.tls_port", "tcp_echo.port", "bind", "log.level");

  @ParameterizedTest
  @CsvSource({
    "http_server.prot, http_server.port",
    "tls_port, http_server.tls_port",
    "http.tls_port, http_server.tls_port",
    "tcp_echo.pot, tcp_echo.port",
    "bnid, bind",
    "log.levl, log.level",
  })
  void theNearestKeyIsTheOneThatWasMeant(String written, String meant) {
    assertEquals(meant, KeyDistance.nearest(written, KNOWN));
  }

  @Test
  void withoutKnownKeysThereIsNone() {
    assertNull(KeyDistance.nearest("port", List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "http_server, http_server.port",
    "http.tls_port, http_server.tls_port",
    "http_server_port, http_server.port",
    "tcp_echo.pot, tcp_echo.port",
    "bnid, bind",
  })
  void aSlipIsNearTheKeyOrItsLastPart(String written, String meant) {
    assertTrue(KeyDistance.isSlip(written, meant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo.bar", "x", "nothing.like.it"})
  void aTextThatIsLikeNoKeyIsNoSlipForTheNearest(String written) {
    assertFalse(KeyDistance.isSlip(written, String.valueOf(KeyDistance.nearest(written, KNOWN))));
  }

  @Test
  void aSwapOfNeighboursIsOneEdit() {
    assertEquals(1, KeyDistance.edits("prot", "port"));
    assertEquals(3, KeyDistance.edits("kitten", "sitting"));
  }
}
