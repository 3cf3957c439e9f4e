package dev.carillon.session;

import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.StreamOptions;
import dev.carillon.config.ConfigException;
import dev.carillon.config.OptionReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespacesTest {

  private final Namespaces namespaces =
      settings(
              Map.of(),
              List.of(
                  namespace("", "presence", true),
                  namespace("chat", "history_size", 9, "history_ttl", "1h"),
                  namespace("words", "channel_regex", "^[a-zé]+$")))
          .namespaces();

  @Test
  void theNamespaceIsTheTextBeforeTheFirstColon() {
    assertEquals("chat", name("chat:a"));
    assertEquals("chat", name("chat:a:b"));
    assertEquals("chat", name("$chat:a"));
    assertEquals("", name("chat"));
    assertEquals("", name("$chat"));
    assertEquals("", name(":a"));
    assertNull(namespaces.of("other:a"));
    assertNull(namespaces.of("$$chat:a"));
  }

  @Test
  void namesAreAsciiUnlessAPatternDecides() {
    assertTrue(wellNamed("chat:a b\"#,$"));
    assertFalse(wellNamed("chat:é"));
    assertTrue(wellNamed("words:été"));
    assertTrue(wellNamed("$words:été"));
    assertFalse(wellNamed("words:a1"));
    assertFalse(wellNamed("words:"));
  }

  @Test
  void theLengthOfANameCountsBytes() {
    assertFalse(namespaces.tooLong("a".repeat(255)));
    assertTrue(namespaces.tooLong("a".repeat(256)));
    assertFalse(namespaces.tooLong("é".repeat(127)));
    assertTrue(namespaces.tooLong("é".repeat(128)));
    assertTrue(namespaces.tooLong("€".repeat(86)));
    assertFalse(namespaces.tooLong("😀".repeat(63)));
    assertTrue(namespaces.tooLong("😀".repeat(64)));
  }

  @Test
  void aStreamRemembersItsPositionLongerThanItsPublications() {
    assertEquals(
        new StreamOptions(9, Duration.ofHours(1), Duration.ofHours(720)), stream("chat:a"));
    assertEquals(StreamOptions.LIVE_ONLY, stream("a"));
    var brief =
        OptionReader.read(
            ChannelOptions.class,
            Map.of(
                "namespaces",
                List.of(
                    namespace(
                        "nn", "history_size", 9, "history_ttl", "1h", "history_meta_ttl", "1m"))));
    assertEquals(
        Duration.ofHours(1),
        Objects.requireNonNull(new Namespaces(brief).of("nn:a")).stream().metaTtl());
  }

  @Test
  void theDemoHasRoomsUnlessTheyAreConfigured() {
    var demo = OptionReader.defaults(ChannelOptions.class).withDemo();
    var rooms = Objects.requireNonNull(new Namespaces(demo).of("chat:lobby"));
    assertTrue(rooms.options().presence());
    assertTrue(rooms.options().joinLeave());
    assertTrue(rooms.options().forcePushJoinLeave());
    assertTrue(rooms.options().forceRecovery());
    assertEquals("json", rooms.options().publicationDataFormat());
    assertTrue(rooms.options().allowSubscribeForClient());
    assertTrue(rooms.options().allowPublishForSubscriber());
    assertTrue(rooms.options().allowPresenceForSubscriber());
    assertFalse(rooms.options().allowHistoryForClient());
    assertEquals(
        new StreamOptions(300, Duration.ofHours(24), Duration.ofHours(720)), rooms.stream());
    assertEquals(demo, demo.withDemo());
  }

  @Test
  void whatMayBePublishedIsSaidByTheNamespaceOrForAll() {
    var all =
        new Namespaces(
            OptionReader.read(
                ChannelOptions.class,
                Map.of(
                    "publication_data_format",
                    "json",
                    "namespaces",
                    List.of(
                        namespace("chat"),
                        namespace("raw", "publication_data_format", "binary")))));
    assertEquals("json", Objects.requireNonNull(all.of("a")).format());
    assertEquals("json", Objects.requireNonNull(all.of("chat:a")).format());
    assertEquals("binary", Objects.requireNonNull(all.of("raw:a")).format());
    assertThrows(
        ConfigException.class,
        () -> OptionReader.read(ChannelOptions.class, Map.of("publication_data_format", "xml")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "é.", "a:b", "$ab"})
  void namesOfNamespacesAreChecked(String name) {
    refused(namespace(name));
  }

  @Test
  void historyNeedsSizeAndTime() {
    refused(namespace("chat", "history_size", 9));
    refused(namespace("chat", "history_ttl", "1h"));
    refused(namespace("chat", "force_recovery", true));
    refused(namespace("chat", "force_positioning", true));
  }

  @Test
  void aCacheThatRecoversByItselfNeedsRecoveryAndTheMode() {
    refused(namespace("chat", "auto_cache_recover", true));
    refused(
        namespace(
            "chat",
            "auto_cache_recover",
            true,
            "force_recovery",
            true,
            "history_size",
            9,
            "history_ttl",
            "1h"));
  }

  @Test
  void otherMistakesAreFoundToo() {
    refused(namespace("chat", "force_recovery_mode", "all"));
    refused(namespace("chat", "allowed_delta_types", List.of("fossil", "zip")));
    refused(namespace("chat", "channel_regex", "("));
    refused(namespace("chat", "publication_data_format", "xml"));
    refused(namespace("chat"), namespace("chat"));
    assertThrows(
        ConfigException.class,
        () ->
            OptionReader.read(
                ChannelOptions.class, Map.of("without_namespace", Map.of("name", "chat"))));
    assertThrows(
        ConfigException.class,
        () ->
            OptionReader.read(
                ClientOptions.class, Map.of("ping_interval", "5s", "pong_timeout", "5s")));
  }

  @SafeVarargs
  private static void refused(Map<String, Object>... bad) {
    assertThrows(
        ConfigException.class,
        () -> OptionReader.read(ChannelOptions.class, Map.of("namespaces", List.of(bad))));
  }

  private String name(String channel) {
    return Objects.requireNonNull(namespaces.of(channel)).options().name();
  }

  private StreamOptions stream(String channel) {
    return Objects.requireNonNull(namespaces.of(channel)).stream();
  }

  private boolean wellNamed(String channel) {
    Namespace namespace = namespaces.of(channel);
    assertNotNull(namespace);
    return namespaces.wellNamed(namespace, channel);
  }
}
