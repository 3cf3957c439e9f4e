package dev.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionReaderTest {

  enum Mode {
    RAW,
    LINE_BY_LINE
  }

  record Limits(
      @Option(value = "1024", doc = "Bytes per line.", min = "1") long maxBytes,
      @Option(value = "5m", doc = "Idle time.", min = "1s", max = "24h") Duration idleTimeout) {}

  record Room(
      @Option(value = "", doc = "Its name.") String name,
      @Option(value = "10", doc = "Seats.", min = "1") int seats) {}

  @Section("bell")
  record BellOptions(
      @Option(value = "7007", doc = "Port.", min = "0", max = "65535") int port,
      @Option(value = "raw", doc = "Mode.") Mode mode,
      @Option(value = "false", doc = "Loud.") boolean loud,
      @Option(value = "", doc = "Secret.", secret = true) String hmacSecret,
      @Option(value = "[a, b]", doc = "Names.") List<String> names,
      @Option(doc = "Limits.") Limits limits,
      @Option(value = "[]", doc = "Rooms.") List<Room> rooms) {

    BellOptions {
      if (port == 13) {
        throw new ConfigException("port", port, "not 13");
      }
    }
  }

  @Test
  void withoutKeysEveryOptionHasItsDefault() {
    assertEquals(
        new BellOptions(
            7007,
            Mode.RAW,
            false,
            "",
            List.of("a", "b"),
            new Limits(1024, Duration.ofMinutes(5)),
            List.of()),
        OptionReader.defaults(BellOptions.class));
  }

  @Test
  void textIsReadAsTheComponentsType() {
    var bell =
        OptionReader.read(
            BellOptions.class,
            Map.of(
                "port", "0",
                "mode", "line_by_line",
                "loud", "true",
                "names", "x,y",
                "limits.max_bytes", "9000000000",
                "limits.idle_timeout", "1h30m"));

    assertEquals(0, bell.port());
    assertEquals(Mode.LINE_BY_LINE, bell.mode());
    assertTrue(bell.loud());
    assertEquals(List.of("x", "y"), bell.names());
    assertEquals(new Limits(9_000_000_000L, Duration.ofMinutes(90)), bell.limits());
  }

  @Test
  void typedValuesAndTreesAreTakenAsTheyAre() {
    var bell =
        OptionReader.read(
            BellOptions.class,
            Map.of(
                "port", 1,
                "mode", Mode.LINE_BY_LINE,
                "names", List.of("x"),
                "limits", Map.of("idle_timeout", Duration.ofSeconds(2)),
                "rooms", List.of(Map.of("name", "hall", "seats", "99"), new Room("attic", 1))));

    assertEquals(1, bell.port());
    assertEquals(List.of("x"), bell.names());
    assertEquals(new Limits(1024, Duration.ofSeconds(2)), bell.limits());
    assertEquals(List.of(new Room("hall", 99), new Room("attic", 1)), bell.rooms());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port|70000|f:1: bell.port = 70000 (expected: a whole number from 0 to 65535)",
        "port|many|f:1: bell.port = many (expected: a whole number from 0 to 65535)",
        "port|99999999999|"
            + "f:1: bell.port = 99999999999 (expected: a whole number from 0 to 65535)",
        "mode|loud|f:1: bell.mode = loud (expected: one of raw, line_by_line)",
        "loud|yes|f:1: bell.loud = yes (expected: true or false)",
        "limits.idle_timeout|30|f:1: bell.limits.idle_timeout = 30 (expected: a duration such as"
            + " 300ms, 25s or 1h30m from 1s to 24h)",
        "limits.max_bytes|0|"
            + "f:1: bell.limits.max_bytes = 0 (expected: a whole number, at least 1)",
        "limits|5|f:1: bell.limits = 5 (expected: a known key; nearest:"
            + " bell.limits.idle_timeout)",
        "rooms|hall|f:1: bell.rooms = hall (expected: a list of sections)",
        "prot|1|f:1: bell.prot = 1 (expected: a known key; nearest: bell.port)",
        "limits.idle_timout|1s|f:1: bell.limits.idle_timout = 1s (expected: a known key; nearest:"
            + " bell.limits.idle_timeout)",
        "port|13|f:1: bell.port = 13 (expected: not 13)",
        "hmac_secre|abc|"
            + "f:1: bell.hmac_secre = (set) (expected: a known key; nearest: bell.hmac_secret)",
      })
  void aWrongSettingIsNamedInOneLine(String key, String value, String line) {
    var settings = Map.of(key, new Setting(value, "f:1"));
    var refused =
        assertThrows(ConfigException.class, () -> OptionReader.read(BellOptions.class, settings));
    assertEquals(line, refused.getMessage());
  }

  @Test
  void aWrongSettingInsideAListNamesTheElement() {
    var settings = Map.of("rooms", List.of(Map.of("name", "hall"), Map.of("seats", "0")));
    var refused =
        assertThrows(ConfigException.class, () -> OptionReader.read(BellOptions.class, settings));
    assertEquals("bell.rooms[1].seats", refused.key());
  }

  @Test
  void aSecretsValueIsNeverShown() {
    var settings = Map.of("hmac_secret", new Setting(List.of("hunter2"), "--set"));
    var refused =
        assertThrows(ConfigException.class, () -> OptionReader.read(BellOptions.class, settings));
    assertFalse(refused.getMessage().contains("hunter2"), refused::getMessage);
  }

  @Test
  void keysListsNestedRecordsAndListElements() {
    assertEquals(
        List.of(
            "bell.port",
            "bell.mode",
            "bell.loud",
            "bell.hmac_secret",
            "bell.names",
            "bell.limits.max_bytes",
            "bell.limits.idle_timeout",
            "bell.rooms",
            "bell.rooms[].name",
            "bell.rooms[].seats"),
        OptionKey.of(BellOptions.class).stream().map(OptionKey::key).toList());
  }
}
