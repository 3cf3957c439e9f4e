package dev.carillon.launch.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "CONFIGURATION.md");

  @Test
  void thePageIsCurrent() throws IOException {
    assertEquals(
        ConfigurationDocument.markdown(),
        Files.readString(PAGE),
        "expected: the output of ./carillon config --markdown");
  }

  @Test
  void everyDefaultCanBeRead() {
    Configuration.load(new Sources(null, null, Map.of(), Map.of()));
  }
}
