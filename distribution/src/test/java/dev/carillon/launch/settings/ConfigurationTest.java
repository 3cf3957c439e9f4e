package dev.carillon.launch.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.Section;
import dev.carillon.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

  record Room(@Option(doc = "Name.") String name, @Option(value = "1", doc = "Seats.") int seats) {}

  @Section("bell")
  record BellOptions(
      @Option(value = "127.0.0.1", doc = "Address.") String bind,
      @Option(value = "7007", min = "0", max = "65535", doc = "Port.") int port,
      @Option(doc = "Password.", secret = true) String password,
      @Option(value = "[]", doc = "Names.") List<String> names,
      @Option(value = "[]", doc = "Rooms.") List<Room> rooms) {}

  private static final List<Class<? extends Record>> TYPES =
      List.of(GlobalOptions.class, ShutdownOptions.class, BellOptions.class, DemoOptions.class);

  @TempDir private Path directory;

  private Configuration load(String yaml, Map<String, String> environment, String... set)
      throws IOException {
    var file = Files.writeString(directory.resolve("c.yaml"), yaml);
    var commandLine = new LinkedHashMap<String, Setting>();
    for (var assignment : set) {
      var parts = assignment.split("=", 2);
      commandLine.put(parts[0], new Setting(parts[1], "--set"));
    }
    return Configuration.of(TYPES, new Sources(null, file, environment, commandLine).settings());
  }

  @Test
  void laterSourcesWinAndAreRemembered() throws IOException {
    var configuration =
        load(
            "bell:\n  port: 1\n  names: [a, b]\nshutdown.delay: 3s\n",
            Map.of("CARILLON_BELL__PORT", "2", "CARILLON_SHUTDOWN__TIMEOUT", "9s"),
            "bell.port=3");

    assertEquals(3, configuration.options(BellOptions.class).port());
    assertEquals("--set", configuration.source("bell.port"));
    assertEquals(List.of("a", "b"), configuration.options(BellOptions.class).names());
    assertTrue(configuration.source("bell.names").endsWith("c.yaml:3"));
    assertEquals("CARILLON_SHUTDOWN__TIMEOUT", configuration.source("shutdown.timeout"));
    assertEquals(
        new ShutdownOptions(Duration.ofSeconds(3), Duration.ofSeconds(9)),
        configuration.options(ShutdownOptions.class));
    assertEquals("default", configuration.source("bind"));
    assertFalse(configuration.isSet("bind"));
  }

  @Test
  void anUnsetBindOfAListenerIsTheGlobalOne() throws IOException {
    var opened = load("bind: 0.0.0.0", Map.of());
    assertEquals("0.0.0.0", opened.options(BellOptions.class).bind());
    var closed = load("bind: 0.0.0.0\nbell: {bind: 127.0.0.2}", Map.of());
    assertEquals("127.0.0.2", closed.options(BellOptions.class).bind());
  }

  @Test
  void listsOfSectionsAreReadFromFilesVariablesAndTheCommandLine() throws IOException {
    var hall = List.of(new Room("hall", 2));
    var fromFile = load("bell:\n  rooms:\n  - name: hall\n    seats: 2\n", Map.of());
    assertEquals(hall, fromFile.options(BellOptions.class).rooms());
    var written = "[{name: hall, seats: 2}]";
    var fromVariable = load("", Map.of("CARILLON_BELL__ROOMS", written));
    assertEquals(hall, fromVariable.options(BellOptions.class).rooms());
    var fromCommandLine = load("", Map.of(), "bell.rooms=" + written);
    assertEquals(hall, fromCommandLine.options(BellOptions.class).rooms());
    assertEquals(written, fromFile.text("bell.rooms"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bell: {prot: 1}|c.yaml:1: bell.prot = 1 (expected: a known key; nearest: bell.port)",
        "bell: {port: 70000}|"
            + "c.yaml:1: bell.port = 70000 (expected: a whole number from 0 to 65535)",
        "bell: {port: [1]}|c.yaml:1: bell.port = [1] (expected: a whole number from 0 to 65535)",
        "bell: 7|c.yaml:1: bell = 7 (expected: a known key; nearest: bell.bind)",
        "bell: {passwort: x}|"
            + "c.yaml:1: bell.passwort = (set) (expected: a known key; nearest: bell.password)",
        "bell: {rooms: [{naem: x}]}|c.yaml:1: bell.rooms[0].naem = x (expected: a known key;"
            + " nearest: bell.rooms[0].name)",
        "bell: {port: 1, port: 2}|"
            + "c.yaml:1: bell.port = set twice (expected: one value; the other: c.yaml:1)",
        "[a]|c.yaml:1: syntax = no mapping (expected: lines like key: value)",
      })
  void aSettingThatCantBeUsedIsOneLine(String yaml, String line) {
    var refused = assertThrows(ConfigException.class, () -> load(yaml, Map.of()));
    assertEquals(line, refused.getMessage().replace(directory + "/", ""));
  }

  @Test
  void brokenYamlIsPlacedByLineAndColumn() {
    var refused =
        assertThrows(ConfigException.class, () -> load("bell:\n  port: [1\nbind: x\n", Map.of()));
    assertTrue(refused.source().endsWith("c.yaml:3:5"), refused::getMessage);
    assertFalse(refused.getMessage().contains("\n"), refused::getMessage);
  }

  @Test
  void anUnknownVariableIsRefusedButThoseOfTheScriptAreNot() throws IOException {
    load("", Map.of("CARILLON_HOME", "/opt", "CARILLON_JAVA_OPTS", "-Xmx1g", "PATH", "/bin"));
    var refused =
        assertThrows(ConfigException.class, () -> load("", Map.of("CARILLON_BELL__PROT", "1")));
    assertEquals(
        "CARILLON_BELL__PROT: bell.prot = 1 (expected: a known key; nearest: bell.port)",
        refused.getMessage());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    var missing = new Sources(null, directory.resolve("none.yaml"), Map.of(), Map.of());
    var refused = assertThrows(ConfigException.class, missing::settings);
    assertTrue(refused.getMessage().contains("none.yaml"), refused::getMessage);
  }

  @Test
  void aSectionWhoseLinesAreAllCommentedOutIsEmpty() throws IOException {
    assertEquals(7007, load("bell:\n", Map.of()).options(BellOptions.class).port());
    assertEquals(7007, load("", Map.of()).options(BellOptions.class).port());
  }

  @Test
  void theDemoIsOnOnlyWithoutAFile() throws IOException {
    assertFalse(load("", Map.of()).options(DemoOptions.class).enabled());
    var unconfigured = new Sources(null, null, Map.of(), Map.of());
    assertEquals(List.of(), unconfigured.usedFiles());
    assertTrue(
        Configuration.of(TYPES, unconfigured.settings()).options(DemoOptions.class).enabled());
  }

  @Test
  void theListingShowsSourcesAndHidesSecrets() throws IOException {
    var listing = ConfigurationListing.of(load("bell: {port: 1, password: hunter2}", Map.of()));
    assertTrue(listing.contains("bell.port: 1  # " + directory), listing);
    assertTrue(listing.contains("# Port.\n"), listing);
    assertTrue(listing.contains("\n# bell.password: (set)  # "), listing);
    assertTrue(listing.contains("bell.names: []  # default"), listing);
    assertFalse(listing.contains("hunter2"), listing);
  }

  @Test
  void theListingCanBeUsedAsAFile() throws IOException {
    var yaml = "bell: {bind: '::1', password: x, names: ['*', 'a, b', 'c: d', \"e\\n\\\"\"]}";
    var before = load(yaml, Map.of(), "bell.rooms=[{name: '#1'}]");
    var after = load(ConfigurationListing.of(before), Map.of());
    assertEquals(Set.of("bell.password"), before.differences(after));
    var options = before.options(BellOptions.class);
    var reread = after.options(BellOptions.class);
    assertEquals(List.of("*", "a, b", "c: d", "e\n\""), reread.names());
    assertEquals(List.of(new Room("#1", 1)), reread.rooms());
    assertEquals(options.bind(), reread.bind());
    assertEquals("", reread.password());
  }

  @Test
  void differencesNamesKeysWhoseValuesChanged() throws IOException {
    var before = load("bell: {port: 1, names: [a]}\nbind: 127.0.0.1", Map.of());
    var after = load("bell: {port: 2, names: [a]}\nshutdown.delay: 1s", Map.of());
    assertEquals(Set.of("bell.port", "shutdown.delay"), before.differences(after));
  }
}
