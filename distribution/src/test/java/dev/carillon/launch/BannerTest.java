package dev.carillon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.cluster.ClusterOptions;
import dev.carillon.config.OptionReader;
import dev.carillon.launch.local.Listener;
import dev.carillon.launch.local.Listener.Transport;
import dev.carillon.launch.local.RunningNode;
import dev.carillon.launch.settings.NodeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BannerTest {

  private static final String TERM =
      "term: none yet: 1 of 3 core nodes (expected: 2): start the others, and look into the log";

  private static Listener at(String name, String address, int port) {
    return new Listener(name, name + ".port", Transport.TCP, address, port, false);
  }

  private static Banner banner(String address, int expectedMembers, String... verticles) {
    return banner(List.of(), address, expectedMembers, verticles);
  }

  private static Banner clustered(
      Map<String, Object> cluster, boolean full, boolean redis, String... verticles) {
    var plain = banner("127.0.0.1", 1, verticles);
    return new Banner(
        "n1",
        plain.listeners(),
        plain.node(),
        OptionReader.read(ClusterOptions.class, cluster),
        List.of(),
        List.of(),
        List.of(),
        "10.0.0.7:5701",
        "10.0.0.7",
        full,
        redis,
        false,
        new NextNode(
            List.of("--join 10.0.0.7:5701", "--set engine.streams=redis"),
            List.of("cluster.payload_key"),
            List.of("cluster.tls.key_file")));
  }

  private static Banner banner(
      List<RunningNode> apart, String address, int expectedMembers, String... verticles) {
    var listeners =
        new Listeners(
            List.of(
                at("http", address, 8000),
                at("https", address, 8443),
                at("management", address, 9090),
                at("tcp_echo", address, 7008),
                at("cluster", "127.0.0.1", 5701),
                at("bus", "127.0.0.1", 15701)),
            Map.of("tcp_echo", 7007));
    return new Banner(
        "n1",
        listeners,
        OptionReader.read(NodeOptions.class, Map.of("verticles", List.of(verticles))),
        OptionReader.read(ClusterOptions.class, Map.of("expected_members", expectedMembers)),
        List.of(Path.of(".carillon/console-password")),
        expectedMembers == 1 ? List.of() : List.of("majority: 1 of 3 core nodes", TERM),
        apart,
        "127.0.0.1:5701",
        "10.0.0.7",
        false,
        false,
        true,
        new NextNode(List.of("--join 127.0.0.1:5701"), List.of(), List.of()));
  }

  @Test
  void theChatPageComesFirstBecauseItNeedsNoCertificate() {
    assertEquals(
        List.of("http://localhost:8000/", "https://localhost:8443/"),
        banner("127.0.0.1", 1).urls());
    var text = banner("127.0.0.1", 1).text();
    assertTrue(text.indexOf("http://localhost:8000/") < text.indexOf("https://"), text);
  }

  @Test
  void itSaysWhereToLookHowToStopAndHowToAddANode() {
    var text = banner("127.0.0.1", 1).text();
    for (var word :
        List.of(
            "node n1",
            "http://localhost:8000/console/",
            "http://localhost:9090/metrics",
            "127.0.0.1:7008   (7007 is taken)",
            ".carillon/console-password",
            "Ctrl-C",
            "./carillon start --join 127.0.0.1:5701",
            "bind=0.0.0.0",
            "cluster.expected_members")) {
      assertTrue(text.contains(word), () -> "no '" + word + "' in " + text);
    }
  }

  @Test
  void itFitsEveryTerminal() {
    for (var line : banner("127.0.0.1", 3).text().split("\n", -1)) {
      assertTrue(line.length() <= 80, line);
      assertTrue(line.chars().allMatch(c -> c < 128), line);
    }
  }

  @Test
  void aNodeThatIsOpenIsNotToldHowToOpenIt() {
    assertFalse(banner("0.0.0.0", 1).text().contains("bind=0.0.0.0"));
  }

  @Test
  void aNodeThatIsOpenSaysWhereOtherMachinesReachIt() {
    var text = banner("0.0.0.0", 1, "http2-server", "admin-api").text();
    for (var where :
        List.of(
            "http://10.0.0.7:8000/\n",
            "https://10.0.0.7:8443/",
            "http://10.0.0.7:8000/console/",
            "http://10.0.0.7:9090/metrics",
            " 10.0.0.7:7008 ")) {
      assertTrue(text.contains(where), () -> "no '" + where + "' in " + text);
    }
    assertFalse(text.contains("localhost"), text);
    assertEquals("http://localhost:8000/", banner("0.0.0.0", 1).urls().get(0));
  }

  @Test
  void aNodeThatWaitsForOthersSaysSo() {
    var text = banner("127.0.0.1", 3).text();
    assertTrue(text.contains("not ready   majority: 1 of 3 core nodes"), text);
    assertTrue(text.contains("http://localhost:9090/readyz"), text);
    assertTrue(text.replaceAll("\n {14}", " ").contains("  not ready   " + TERM), text);
  }

  @Test
  void theCommandThatAddsANodeCanBePasted() {
    var text = clustered(Map.of(), false, true).text();
    var indent = " ".repeat(16);
    assertTrue(
        text.contains(
            "  add a node  ./carillon start --join 10.0.0.7:5701 \\\n"
                + indent
                + "--set engine.streams=redis\n"
                + "              with the same cluster.payload_key as here\n"
                + "              with its own cluster.tls.key_file\n"),
        text);
  }

  @Test
  void aFullClusterIsOfferedAGatewayAndNoNode() {
    var text = clustered(Map.of("expected_members", 3), true, false).text();
    assertTrue(text.contains("  add gateway ./carillon start --join 10.0.0.7:5701 \\\n"), text);
    assertFalse(text.contains("add a node"), text);
  }

  @Test
  void aGatewaySaysThatItIsOne() {
    var gateway =
        Map.<String, Object>of("role", "gateway", "expected_members", 3, "join", List.of("a:1"));
    var text = clustered(gateway, true, false).text();
    assertTrue(text.contains(", gateway n1"), text);
    assertTrue(text.contains("not counted"), text);
    assertFalse(text.contains("One of 3"), text);
  }

  @Test
  void whereRedisKeepsTheStreamsNothingIsPromisedForTheNodes() {
    var text = clustered(Map.of(), false, true).text();
    assertFalse(text.contains("loses nothing"), text);
  }

  @Test
  void aNodeBesideAnotherClusterSaysHowToJoinThat() {
    var other = new RunningNode("n2", 7, Map.of("cluster", 5702), List.of());
    var text = banner(List.of(other), "127.0.0.1", 1).text();
    assertTrue(text.contains("not with    n2"), text);
    assertTrue(text.contains("--join 127.0.0.1:5702"), text);
    assertFalse(banner("127.0.0.1", 1).text().contains("not with"));
  }

  @Test
  void whereThereAreNoGuestsTheWebSocketIsNamedInsteadOfTheChat() {
    var text = clustered(Map.of(), false, false, "chat-hub", "http2-server").text();
    assertTrue(text.contains("  http        http://localhost:8000/\n"), text);
    assertTrue(text.contains("ws://localhost:8000/connection/websocket"), text);
    assertFalse(text.contains("  chat "), text);
    var guests = banner("127.0.0.1", 1).text();
    assertTrue(guests.contains("  chat        http://localhost:8000/\n"), guests);
    assertFalse(guests.contains("ws://"), guests);
  }

  @Test
  void aNodeThatWaitsForOthersPromisesNothingYet() {
    assertFalse(banner("127.0.0.1", 3).text().contains("survives"));
    assertTrue(clustered(Map.of("expected_members", 3), false, false).text().contains("survives"));
  }

  @Test
  void aProcessNamesOnlyWhatItRuns() {
    var chat = banner("127.0.0.1", 1, "chat-hub");
    assertEquals(List.of(), chat.urls());
    assertTrue(chat.text().contains("ws://localhost:8000/connection/websocket"));
    assertFalse(chat.text().contains("console/"));
  }
}
