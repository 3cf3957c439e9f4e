package dev.carillon.launch.centrifugo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionTableTest {
  private static final Path DOCUMENT = Path.of("../docs/CENTRIFUGO-CONFIG.md");

  /** Switches that stand for something else than one key. */
  private static final Set<String> SWITCHES =
      Set.of("client.subscription_token.enabled", "broker.enabled");

  private final OptionTable table = OptionTable.load();

  private Stream<ForeignOption> having(Fate fate) {
    return table.options().stream().filter(option -> option.fate() == fate);
  }

  @Test
  void whatIsTakenOverGoesToAnOptionThatExists() {
    var ours = Configuration.load(Sources.only(Map.of()));
    having(Fate.TAKEN)
        .filter(option -> !SWITCHES.contains(option.key()))
        .forEach(option -> assertTrue(ours.knows(option.target()), option::toString));
  }

  @Test
  void ourOptionsOfTheSameNameAreAllTakenOver() {
    var ours = Configuration.load(Sources.only(Map.of()));
    ours.keys().stream()
        .map(key -> table.find(key.key()))
        .filter(Objects::nonNull)
        .forEach(
            option ->
                assertTrue(
                    option.fate() == Fate.TAKEN || option.fate() == Fate.NO_EFFECT,
                    option::toString));
  }

  @Test
  void everyFateButTwoSaysMore() {
    table
        .options()
        .forEach(
            option -> {
              boolean silent =
                  option.fate() == Fate.TAKEN
                      || option.fate() == Fate.UNSUPPORTED
                      || option.key().equals("admin.handler_prefix");
              assertTrue(silent || !option.word().isEmpty(), option::toString);
            });
  }

  @Test
  void shapesAreLaidOutWhereTheyAreUsed() {
    assertEquals("event proxies", found("channel.proxy.publish.http.tls.cert_pem").word());
    assertEquals("event proxies", found("proxies[].http.static_headers.X-Key").word());
    assertEquals(Fate.TAKEN, found("channel.namespaces[].presence").fate());
    assertEquals(Fate.UNSUPPORTED, found("channel.without_namespace.subscribe_cel").fate());
    assertEquals(Fate.UNSUPPORTED, found("client.rate_limit.any.thing[].at").fate());
  }

  @Test
  void theDocumentSaysWhatTheTableSays() throws IOException {
    var document = Files.readString(DOCUMENT);
    var tables = document.substring(document.indexOf("\n## Taken over"));
    assertEquals(new OptionTableDocument(table).markdown(), tables);
  }

  private ForeignOption found(String key) {
    var option = table.find(key);
    assertNotNull(option, key);
    return option;
  }
}
