package dev.carillon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.Setting;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextNodeTest {
  private static final String KEY = "0123456789abcdef".repeat(4);

  @TempDir private Path directory;

  private Path file = Path.of("");

  @BeforeEach
  void makeAFile() throws IOException {
    file = directory.resolve("settings.yaml");
    Files.writeString(file, "");
  }

  /** After a start with these {@code --set}, and with the file. */
  private NextNode after(Map<String, String> environment, boolean gateway, String... pairs) {
    var set = new LinkedHashMap<String, Setting>();
    for (var pair : pairs) {
      var parts = pair.split("=", 2);
      set.put(parts[0], new Setting(parts[1], "--set"));
    }
    set.put("node.verticles", new Setting(List.of("chat-hub"), "--verticles"));
    var sources = new Sources(null, file, environment, set);
    return NextNode.of(sources, Configuration.load(sources), "10.0.0.7:5701", gateway);
  }

  private NextNode after(String... pairs) {
    return after(Map.of(), false, pairs);
  }

  @Test
  void whatWasSaidOnTheCommandLineIsSaidAgain() {
    assertEquals(
        List.of(
            "--join 10.0.0.7:5701",
            "--config " + file,
            "--set cluster.bind=0.0.0.0",
            "--set cluster.expected_members=3",
            "--set cluster.tls.ca_file=certs/ca.pem",
            "--set engine.streams=redis",
            "--set redis.address=redis:6380"),
        after(
                "cluster.bind=0.0.0.0",
                "cluster.expected_members=3",
                "cluster.tls.ca_file=certs/ca.pem",
                "engine.streams=redis",
                "redis.address=redis:6380")
            .arguments());
  }

  @Test
  void whatIsANodesOwnIsNotRepeated() {
    var next =
        after(
            "node.name=n1",
            "cluster.port=5701",
            "cluster.bus_port=15701",
            "http_server.tls_port=8443",
            "cluster.public_host=a.example",
            "http_server.public_urls=http://a.example");
    assertEquals(List.of("--join 10.0.0.7:5701", "--config " + file), next.arguments());
  }

  @Test
  void aCertificateIsANodesOwnAndTheAuthorityIsNot() {
    var ca = "cluster.tls.ca_file=certs/ca.pem";
    var key = Map.of("CARILLON_CLUSTER__TLS__KEY_FILE", "certs/n1-key.pem");
    var next = after(key, false, ca, "cluster.tls.cert_file=certs/n1.pem");
    assertTrue(next.arguments().contains("--set " + ca), next::toString);
    assertEquals(List.of("cluster.tls.cert_file", "cluster.tls.key_file"), sorted(next.own()));
    assertFalse(next.toString().contains("certs/n1"), next::toString);
  }

  @Test
  void aSecretIsNamedAndNeverShown() {
    var variables = Map.of("CARILLON_ADMIN__PASSWORD", "campanile-campanile");
    var next = after(variables, false, "cluster.payload_key=" + KEY);
    assertEquals(List.of("admin.password", "cluster.payload_key"), sorted(next.secrets()));
    assertFalse(next.toString().contains(KEY), next::toString);
    assertFalse(next.toString().contains("campanile"), next::toString);
  }

  @Test
  void variablesAreRepeatedBecauseAnotherShellHasThemNot() {
    var next = after(Map.of("CARILLON_CLUSTER__EXPECTED_MEMBERS", "3"), false);
    assertTrue(next.arguments().contains("--set cluster.expected_members=3"), next::toString);
  }

  @Test
  void aFileIsNamedAndNotRepeatedExceptForTheName() throws IOException {
    Files.writeString(file, "node: {name: tower}\nengine: {streams: redis}\n");
    assertEquals(
        List.of("--join 10.0.0.7:5701", "--name tower-2", "--config " + file), after().arguments());
  }

  @Test
  void aFullClusterTakesAGateway() {
    var next = after(Map.of(), true, "cluster.expected_members=3");
    assertTrue(next.arguments().contains("--set cluster.role=gateway"), next::toString);
  }

  @Test
  void nodesThatKnowEachOtherNeedNoJoin() {
    var next = after("cluster.members=[a:5701, b:5701]");
    assertEquals(
        List.of("--config " + file, "--set 'cluster.members=[a:5701, b:5701]'"), next.arguments());
  }

  @Test
  void anApostropheIsQuoted() {
    var next = after("cluster.name=Ann's");
    assertTrue(next.arguments().contains("--set 'cluster.name=Ann'\\''s'"), next::toString);
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }
}
