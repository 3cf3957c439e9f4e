package dev.carillon.launch.settings;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The limits of the client protocol: programs and their operators rely on names and defaults. */
class ProtocolLimitsTest {
  private static final Map<String, String> LIMITS =
      Map.ofEntries(
          Map.entry("websocket.message_size_limit", "65536"),
          Map.entry("client.queue_max_size", "1048576"),
          Map.entry("client.channel_limit", "128"),
          Map.entry("channel.max_length", "255"),
          Map.entry("client.user_connection_limit", "0"),
          Map.entry("client.connection_limit", "0"),
          Map.entry("client.connection_rate_limit", "0"),
          Map.entry("client.address_connection_limit", "0"),
          Map.entry("client.address_connection_rate_limit", "0"),
          Map.entry("client.history_max_publication_limit", "300"),
          Map.entry("client.recovery_max_publication_limit", "300"),
          Map.entry("client.ping_interval", "25s"),
          Map.entry("client.pong_timeout", "8s"),
          Map.entry("client.stale_close_delay", "10s"),
          Map.entry("client.expired_close_delay", "25s"),
          Map.entry("client.expired_sub_close_delay", "25s"),
          Map.entry("broker.position_check_interval", "1s"),
          Map.entry("broker.history_max_bytes", "262144"),
          Map.entry("client.channel_position_max_time_lag", "0s"),
          Map.entry("client.concurrency", "0"),
          Map.entry("websocket.write_timeout", "1s"),
          Map.entry("websocket.close_timeout", "5s"),
          Map.entry("channel.history_meta_ttl", "720h"),
          Map.entry("shutdown.timeout", "30s"));

  private final Configuration defaults = Configuration.load(Sources.only(Map.of()));

  @Test
  void namesAndDefaultsAreThoseThatTheProtocolHas() {
    var ours = LIMITS.keySet().stream().collect(toMap(key -> key, defaults::text));
    assertEquals(new TreeMap<>(LIMITS), new TreeMap<>(ours));
  }

  @Test
  void thePageOfTheProtocolNamesThemAllAndNoneThatIsNotThere() throws IOException {
    String page = Files.readString(Path.of("../docs/PROTOCOL.md"));
    String table =
        page.substring(page.indexOf("## Limits and timers"), page.indexOf("## Features"));
    var named =
        Pattern.compile("`([a-z_]+\\.[a-z_.]+)`")
            .matcher(table)
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    named.forEach(key -> assertTrue(defaults.knows(key), key));
    LIMITS.keySet().forEach(key -> assertTrue(named.contains(key), key));
  }
}
