package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each verticle in a process of its own, all of them one cluster. */
class SeparateProcessesIT {
  private static final Duration SHOWN = Duration.ofSeconds(60);
  private static final String CHANNEL = "chat:nave";

  @RegisterExtension static final Nodes NODES = new Nodes();

  private static NodeProcess web;
  private static NodeProcess chat;
  private static NodeProcess echo;
  private static NodeProcess beat;
  private static SdkHost host;

  @BeforeAll
  static void startOneProcessForEach() throws IOException {
    host = new SdkHost();
    web = NODES.start("web", "--verticles", "http2-server,admin-api").awaitReady();
    chat = join("chat", "chat-hub");
    echo = join("echo", "tcp-echo,udp-echo");
    beat = join("beat", "session-heartbeat");
    List.of(chat, echo, beat).forEach(NodeProcess::awaitReady);
  }

  private static NodeProcess join(String name, String verticles) {
    return NODES.start(name, "--verticles", verticles, "--join", web.clusterAddress());
  }

  @AfterAll
  static void stopClients() throws IOException {
    host.close();
  }

  @Test
  void chatAndConsoleWorkAndGoOnWithoutTheHeartbeat() throws IOException {
    SdkClient ada = connected("ada");
    SdkClient bob = connected("bob");
    assertDelivers(ada, bob, "before");
    Console console = Console.of(web);
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), echo.port("tcp_echo"))) {
      assertEchoes(socket, 7);
      Eventually.await(
          "the echo connection in the console",
          SHOWN,
          () -> !console.connections("transport:tcp*").isEmpty(),
          () -> console.connections("").toString());
      JsonObject row = console.connections("transport:tcp*").get(0);
      assertEquals("echo", row.getString("node"));
      Eventually.await(
          "both clients in the console",
          SHOWN,
          () -> console.connections("node:chat").size() == 2,
          () -> console.connections("").toString());

      assertMeasures(
          chat,
          "carillon_cluster_members 4.0",
          "carillon_connections{transport=\"websocket\"} 2.0",
          "carillon_subscriptions 2.0",
          "carillon_publications_total 1.0",
          "carillon_messages_in_total ",
          "carillon_bytes_out_total ",
          "carillon_queue_bytes ",
          "carillon_event_loop_lag_seconds_count ");
      assertMeasures(echo, "carillon_connections{transport=\"tcp\"} 1.0", "carillon_sessions 1.0");

      beat.kill();
      Eventually.await("the heartbeat is gone", SHOWN, () -> names(console).size() == 3);
      assertDelivers(ada, bob, "after");
      assertEchoes(socket, 9);
      assertEquals(1, ada.events("connected").size());
      assertEquals(1, bob.events("connected").size());
      assertEquals(3, names(console).size());
    }
  }

  @Test
  void aProcessWithoutTheChatHubHasNoSuchPath() {
    assertEquals(404, Http.get(web.http("/connection/websocket")).statusCode());
    assertEquals(200, Http.get(web.http("/")).statusCode());
    JsonObject nodes = new JsonObject(Http.get(web.http("/nodes.json")).body());
    assertEquals(List.of("chat"), namesWith("chat", nodes));
    assertEquals(List.of("web"), namesWith("pages", nodes));
  }

  private static List<String> namesWith(String flag, JsonObject nodes) {
    return nodes.getJsonArray("nodes").stream()
        .map(JsonObject.class::cast)
        .filter(node -> node.getBoolean(flag))
        .map(node -> node.getString("name"))
        .toList();
  }

  private static void assertMeasures(NodeProcess node, String... lines) {
    Eventually.await(
        String.join(", ", lines),
        SHOWN,
        () -> {
          String metrics = Http.get(node.management("/metrics")).body();
          return Stream.of(lines).allMatch(line -> metrics.contains("\n" + line));
        },
        () -> Http.get(node.management("/metrics")).body());
  }

  private static SdkClient connected(String name) {
    SdkClient client = host.client(name);
    client.connect(Http.guestToken(web, name), List.of(chat.webSocketUrl()));
    client.subscribe(CHANNEL);
    return client;
  }

  private static void assertDelivers(SdkClient from, SdkClient to, String text) {
    from.publish(CHANNEL, text).join();
    Eventually.await(
        text + " at " + to,
        SHOWN,
        () -> to.publications(CHANNEL).stream().anyMatch(one -> one.text().equals(text)));
  }

  private static void assertEchoes(Socket socket, int value) throws IOException {
    socket.setSoTimeout((int) SHOWN.toMillis());
    socket.getOutputStream().write(value);
    assertEquals(value, socket.getInputStream().read());
  }

  private static List<String> names(Console console) {
    List<String> names = console.nodes().stream().map(node -> node.getString("name")).toList();
    assertTrue(names.contains("web"), names.toString());
    return names;
  }
}
