package dev.carillon.launch.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.ConfigException;
import dev.carillon.config.OptionReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeOptionsTest {

  private static NodeOptions options(Map<String, Object> keys) {
    return OptionReader.read(NodeOptions.class, keys);
  }

  @Test
  void theConsoleNeedsTheServerThatServesIt() {
    var alone = Map.<String, Object>of("verticles", List.of("admin-api"));
    var refusal = assertThrows(ConfigException.class, () -> options(alone));
    assertEquals("http2-server too, which serves admin-api", refusal.expected());
    assertTrue(
        options(Map.of("verticles", List.of("admin-api", "http2-server"))).runs("admin-api"));
  }

  @Test
  void thereAreAtLeastTwoEventLoopsUnlessOneIsAskedFor() {
    assertTrue(options(Map.of()).loops() >= 2);
    assertEquals(1, options(Map.of("event_loops", 1)).loops());
  }
}
