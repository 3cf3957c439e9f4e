package dev.carillon.launch.centrifugo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.ConfigException;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.LogOptions;
import dev.carillon.launch.settings.NodeOptions;
import dev.carillon.launch.settings.Sources;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CentrifugoFileTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static final String JSON =
      """
      {
      	"http_server": {"port": 8123, "internal_port": "9191", "address": ""},
      	"log": {"level": "none"},
      	"client": {
      		"token": {"hmac_secret_key": "%s"},
      		"allowed_origins": ["http://localhost:3000"],
      		"ping_interval": "1m0s",
      		"stale_close_delay": "1.5s"
      	},
      	"channel": {
      		"without_namespace": {"presence": true},
      		"namespaces": [
      			{"name": "chat", "history_size": 10, "history_ttl": "300s", "map": {}},
      			{"name": "rates", "allowed_delta_types": ["fossil"], "subscribe_proxy_enabled": false}
      		]
      	},
      	"proxies": [],
      	"engine": {"type": "memory", "redis": {"address": "redis://127.0.0.1:6379"}},
      	"uni_sse": {"enabled": false},
      	"node": null
      }
      """
          .formatted(SECRET);

  private static final String YAML =
      """
      http_server: {port: 8123, internal_port: "9191", address: ""}
      log.level: none
      client:
        token:
          hmac_secret_key: %s
        allowed_origins: ["http://localhost:3000"]
        ping_interval: 1m0s
        stale_close_delay: 1.5s
      channel:
        without_namespace: {presence: true}
        namespaces:
          - {name: chat, history_size: 10, history_ttl: 300s}
          - name: rates
            allowed_delta_types: [fossil]
      """
          .formatted(SECRET);

  private static final String TOML =
      """
      log.level = "none"
      [http_server]
      port = 8123
      internal_port = "9191"
      [client]
      allowed_origins = ["http://localhost:3000"]
      ping_interval = "1m0s"
      stale_close_delay = "1.5s"
      token = { hmac_secret_key = "%s" }
      [channel.without_namespace]
      presence = true
      [[channel.namespaces]]
      name = "chat"
      history_size = 10
      history_ttl = "300s"
      [[channel.namespaces]]
      name = "rates"
      allowed_delta_types = ["fossil"]
      """
          .formatted(SECRET);

  @TempDir private Path directory;

  private Configuration load(String name, String text, boolean ignore) throws IOException {
    var file = Files.writeString(directory.resolve(name), text);
    var nothing = Files.writeString(directory.resolve("carillon.yaml"), "");
    return Configuration.load(
        new Sources(new CentrifugoFile(file, ignore), nothing, Map.of(), Map.of()));
  }

  private Configuration load(String json) throws IOException {
    return load("config.json", json, false);
  }

  private String refusal(String json) {
    return String.valueOf(assertThrows(RuntimeException.class, () -> load(json)).getMessage());
  }

  @Test
  void allThreeFormatsSayTheSame() throws IOException {
    var files = Map.of("c.json", JSON, "c.yaml", YAML, "c.toml", TOML);
    for (var file : files.entrySet()) {
      var configuration = load(file.getKey(), file.getValue(), false);
      var client = configuration.options(ClientOptions.class);
      var channel = configuration.options(ChannelOptions.class);

      assertEquals("8123", configuration.text("http_server.port"), file.getKey());
      assertEquals("9191", configuration.text("http_server.internal_port"));
      assertEquals("127.0.0.1", configuration.text("http_server.bind"));
      assertEquals(LogOptions.Level.OFF, configuration.options(LogOptions.class).level());
      assertEquals(SECRET, client.token().hmacSecretKey());
      assertEquals(List.of("http://localhost:3000"), client.allowedOrigins());
      assertEquals(Duration.ofMinutes(1), client.pingInterval());
      assertEquals(Duration.ofMillis(1500), client.staleCloseDelay());
      assertTrue(channel.withoutNamespace().presence());
      assertEquals(2, channel.namespaces().size());
      assertEquals("chat", channel.namespaces().get(0).name());
      assertEquals(10, channel.namespaces().get(0).historySize());
      assertEquals(Duration.ofMinutes(5), channel.namespaces().get(0).historyTtl());
      assertEquals(List.of("fossil"), channel.namespaces().get(1).allowedDeltaTypes());
      assertTrue(configuration.source("http_server.port").startsWith(directory.toString()));
    }
    assertTrue(load("c.json", JSON, false).source("client.ping_interval").endsWith("c.json:7"));
    assertTrue(load("c.toml", TOML, false).source("client.ping_interval").endsWith("c.toml:7"));
  }

  @Test
  void ourOwnFileAndTheCommandLineWin() throws IOException {
    var file = Files.writeString(directory.resolve("config.json"), JSON);
    var own = Files.writeString(directory.resolve("own.yaml"), "client.ping_interval: 17s");
    var sources =
        new Sources(
            new CentrifugoFile(file, false), own, Map.of("CARILLON_LOG__LEVEL", "warn"), Map.of());
    var configuration = Configuration.load(sources);

    assertEquals("17s", configuration.text("client.ping_interval"));
    assertEquals("warn", configuration.text("log.level"));
    assertEquals("8123", configuration.text("http_server.port"));
    assertEquals("false", configuration.text("demo.enabled"));
    assertEquals(List.of(file, own), sources.usedFiles());
  }

  @Test
  void everyOptionThatIsMissingHereIsNamedAtOnce() throws IOException {
    var json =
        """
        {"http_api": {"key": "hidden-key"},
         "grpc_api": {"enabled": true, "port": 10000},
         "engine": {"type": "nats"},
         "channel": {"namespaces": [{"name": "aa", "batch_max_size": 5}]},
         "push_notifications": {"anything": {"below": 1}}}
        """;
    var file = directory.resolve("config.json");

    var edition = "unsupported (an option of the commercial edition)";
    var lines =
        List.of(
            ": 5 options can't be taken over (expected: none, or --ignore-unsupported):",
            ":1: http_api.key: not yet (the server API)",
            ":2: grpc_api.enabled: not yet (the server API)",
            ":3: engine.type: not yet (expected: memory or redis)",
            ":4: channel.namespaces[].batch_max_size: " + edition,
            ":5: push_notifications.anything.below: " + edition);
    assertEquals(file + String.join("\n  " + file, lines), refusal(json));

    var configuration = load("config.json", json, true);
    assertEquals("aa", configuration.options(ChannelOptions.class).namespaces().get(0).name());
    assertEquals(
        "ignored: " + file + ":1: http_api.key: not yet (the server API)",
        new CentrifugoFile(file, true).remarks().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{client: {insecur: true}} | client.insecur = true (expected: a known key; nearest: clie",
        "{grpc_api: {prot: 1}} | grpc_api.prot = 1 (expected: a known key; nearest: grpc_api.port)",
        "{channel: {namespaces: [{presnce: 1}]}} | nearest: channel.namespaces[].presence)",
        "{admin: {pasword: 'geheim'}} | admin.pasword = (set) (expected: a known key; nearest: ad",
        "{websocket: {compresion: {}}} | nearest: websocket.compression)",
        "{client: {ping_interval: 'soon'}} | client.ping_interval = soon (expected: a duration",
        "{client: {channel_limit: 'many'}} | client.channel_limit = many (expected: a whole number",
        "[1] | syntax = no object (expected: a JSON object)",
        "{client: } | :1:",
        "{log: {}, log: {}} | Duplicate field 'log'",
      },
      quoteCharacter = '`')
  void whatNobodyCanMeanIsAnErrorInAnyCase(String relaxed, String part) {
    var json = relaxed.replaceAll("([a-z_]+):", "\"$1\":").replace('\'', '"');
    for (var ignore : List.of(true, false)) {
      var refused =
          assertThrows(ConfigException.class, () -> load("config.json", json, ignore)).getMessage();
      assertTrue(refused.contains(part), refused);
      assertFalse(refused.contains("geheim"), refused);
    }
  }

  @Test
  void brokenTomlIsNamedWithItsLine() {
    var refused =
        assertThrows(ConfigException.class, () -> load("c.toml", "a = 1\nb = = 2\n", true));
    assertTrue(refused.getMessage().contains("c.toml:2:"), refused.getMessage());
  }

  @Test
  void otherFilesAreRefused() {
    var other = assertThrows(ConfigException.class, () -> load("config.ini", "", false));
    assertTrue(other.getMessage().contains("(expected: .json, .yaml, .yml or .toml)"));
    var missing = new CentrifugoFile(directory.resolve("none.json"), false);
    var unreadable = assertThrows(ConfigException.class, missing::settings);
    assertTrue(unreadable.getMessage().contains("(expected: a readable file)"));
  }

  @Test
  void withTlsThePortIsTheOneWithTls() throws IOException {
    var tls =
        load(
            """
            {"http_server": {"port": 9443, "tls":
              {"enabled": true, "cert_pem": "cert.pem", "key_pem": "key.pem"}}}
            """);
    assertEquals("9443", tls.text("http_server.tls_port"));
    assertEquals("cert.pem", tls.text("http_server.tls.cert_pem_file"));
    assertEquals("key.pem", tls.text("http_server.tls.key_pem_file"));
    assertFalse(tls.isSet("http_server.port"));

    var plain = load("{\"http_server\": {\"port\": 9000, \"tls\": {\"cert_pem\": \"cert.pem\"}}}");
    assertEquals("9000", plain.text("http_server.port"));
    assertFalse(plain.isSet("http_server.tls.cert_pem_file"));

    var inline = "{\"http_server\":{\"tls\":{\"enabled\":true,\"key_pem\":\"-----BEGIN\\nx\"}}}";
    var refused = refusal(inline);
    assertTrue(
        refused.endsWith("key_pem_file = (set) (expected: the path of a file with the PEM text)"),
        refused);
  }

  @Test
  void subscriptionTokensCountOnlyWhenTheyAreEnabled() throws IOException {
    var key = "client.subscription_token.hmac_secret_key";
    var form = "{\"client\":{\"subscription_token\":{\"enabled\":%s,\"hmac_secret_key\":\"%s\"}}}";
    assertTrue(load(form.formatted("true", SECRET)).isSet(key));
    assertFalse(load(form.formatted("false", SECRET)).isSet(key));
  }

  @Test
  void aConsoleThatIsSwitchedOffDoesNotRun() throws IOException {
    var off = load("{\"admin\": {\"enabled\": false}}").options(NodeOptions.class);
    assertFalse(off.runs("admin-api"));
    assertTrue(off.runs("chat-hub"));
    assertTrue(
        load("{\"admin\": {\"enabled\": true}}").options(NodeOptions.class).runs("admin-api"));
  }
}
