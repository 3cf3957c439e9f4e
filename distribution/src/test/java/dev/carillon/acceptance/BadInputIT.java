package dev.carillon.acceptance;

import static dev.carillon.acceptance.RawWebSocket.CONTINUATION;
import static dev.carillon.acceptance.RawWebSocket.PING;
import static dev.carillon.acceptance.RawWebSocket.TEXT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each kind of bad input gets its precise answer and one line of log, and two who chat do not
 * notice any of it.
 */
class BadInputIT {
  private static final Duration DELIVERED = Duration.ofSeconds(60);
  private static final String CHANNEL = "chat:quiet";

  /** Must not be found in any log. */
  private static final String PAYLOAD = "gargoyle";

  private static final int CONNECTION_LIMIT = 20;
  private static final int QUEUE_MAX_SIZE = 65_536;

  @RegisterExtension static final Nodes NODES = new Nodes();

  private static NodeProcess node;
  private static SdkHost host;
  private static SdkClient ada;
  private static SdkClient bob;

  private int linesBefore;

  @BeforeAll
  static void startOneNodeAndTwoClients() throws IOException {
    node =
        NODES
            .start(
                "n1",
                "--set",
                "client.connection_limit=" + CONNECTION_LIMIT,
                "--set",
                "client.queue_max_size=" + QUEUE_MAX_SIZE)
            .awaitReady();
    host = new SdkHost();
    ada = connected("ada");
    bob = connected("bob");
  }

  private static SdkClient connected(String name) {
    SdkClient client = host.client(name);
    client.connect(Http.guestToken(node, name), List.of(node.webSocketUrl()));
    client.subscribe(CHANNEL);
    return client;
  }

  @BeforeEach
  void countLines() {
    linesBefore = node.output().size();
  }

  /** What the node has written since the test began. */
  private List<String> lines() {
    List<String> output = node.output();
    return output.subList(linesBefore, output.size());
  }

  private void assertLogs(String... words) {
    Eventually.await("a line of log", DELIVERED, () -> !lines().isEmpty());
    assertEquals(1, lines().size(), () -> lines().toString());
    for (String word : words) {
      assertTrue(lines().get(0).contains(word), () -> "no '" + word + "' in: " + lines());
    }
  }

  @AfterEach
  void theOthersChatUndisturbed() {
    String text = "still here " + System.nanoTime();
    ada.publish(CHANNEL, text).join();
    Eventually.await(
        text + " at bob",
        DELIVERED,
        () -> bob.publications(CHANNEL).stream().anyMatch(one -> one.text().equals(text)));
    assertEquals(1, ada.events("connected").size(), "ada had to reconnect");
    assertEquals(1, bob.events("connected").size(), "bob had to reconnect");
    assertEquals(1, bob.events("subscribed").size(), "bob had to subscribe again");
    assertTrue(node.output().stream().noneMatch(line -> line.contains(PAYLOAD)));
  }

  @AfterAll
  static void stopClients() throws IOException {
    host.close();
  }

  @Test
  void aFrameThatIsNotJsonIsABadRequest() throws IOException {
    try (RawWebSocket peer = new RawWebSocket(node)) {
      peer.send(TEXT, true, (PAYLOAD + " {").getBytes(StandardCharsets.UTF_8));
      assertEquals(3501, peer.readCloseCode());
      assertLogs("3501");
    }
  }

  @Test
  void aFrameOfTenMegabytesIsTooBig() throws IOException {
    try (RawWebSocket peer = new RawWebSocket(node)) {
      Thread sender = new Thread(() -> sendUntilRefused(peer, new byte[10 << 20]));
      sender.start();
      assertEquals(1009, peer.readCloseCode());
      assertLogs("1009");
    }
  }

  private static void sendUntilRefused(RawWebSocket peer, byte[] payload) {
    try {
      peer.send(TEXT, true, payload);
    } catch (IOException refused) {
      // The server may stop reading in the middle, that is the point.
    }
  }

  @Test
  void textThatIsNotUtf8IsInvalid() throws IOException {
    try (RawWebSocket peer = new RawWebSocket(node)) {
      peer.send(TEXT, true, new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'});
      assertEquals(1007, peer.readCloseCode());
      assertLogs("1007");
    }
  }

  @Test
  void aMessageMayBeginWithAnEmptyFragment() throws IOException {
    String connect = connectCommand().encode();
    try (RawWebSocket peer = new RawWebSocket(node)) {
      peer.send(TEXT, false, new byte[0]);
      peer.send(PING, true, new byte[0]);
      peer.send(CONTINUATION, false, connect.substring(0, 9).getBytes(StandardCharsets.UTF_8));
      peer.send(CONTINUATION, true, connect.substring(9).getBytes(StandardCharsets.UTF_8));
      RawWebSocket.Frame pong = peer.read();
      assertEquals(10, pong.opcode());
      assertTrue(peer.reply(1).containsKey("connect"));
      assertEquals(List.of(), lines(), "this is allowed");
    }
  }

  @Test
  void aSecondMessageInTheMiddleOfTheFirstIsAProtocolError() throws IOException {
    try (RawWebSocket peer = new RawWebSocket(node)) {
      peer.send(TEXT, false, new byte[0]);
      peer.send(TEXT, true, "{}".getBytes(StandardCharsets.UTF_8));
      assertEquals(1002, peer.readCloseCode());
      assertLogs("1002");
    }
  }

  @Test
  void connectionsBeyondTheLimitAreUnavailable() throws IOException {
    List<RawWebSocket> peers = new ArrayList<>();
    try {
      for (int i = 0; i <= CONNECTION_LIMIT; i++) {
        peers.add(new RawWebSocket(node));
      }
      assertEquals(101, peers.get(0).status());
      assertEquals(503, peers.get(CONNECTION_LIMIT).status());
      assertLogs("503", "client.connection_limit");
    } finally {
      for (RawWebSocket peer : peers) {
        peer.close();
      }
    }
  }

  @Test
  void garbageOnTheHttpPortIsABadRequest() throws IOException {
    try (Socket socket = connect("http")) {
      socket.getOutputStream().write((PAYLOAD + "\0\1\2\r\n\r\n").getBytes());
      String answer = new String(socket.getInputStream().readAllBytes());
      assertTrue(answer.matches("(?s)HTTP/1[.][01] 400 .*"), answer);
      assertLogs("malformed");
    }
  }

  @Test
  void garbageOnTheTlsPortEndsTheConnection() throws IOException {
    try (Socket socket = connect("https")) {
      socket.getOutputStream().write((PAYLOAD + "\r\n\r\n").getBytes());
      byte[] answer = socket.getInputStream().readAllBytes();
      assertFalse(new String(answer).contains("HTTP/"), "an answer in the clear");
      assertLogs("not TLS");
    }
  }

  @Test
  void garbageOnTheEchoPortsComesBack() throws IOException {
    byte[] garbage = {0, (byte) 0xff, 13, (byte) 0xc3, 0x28, 10};
    try (Socket socket = connect("tcp_echo")) {
      socket.getOutputStream().write(garbage);
      assertArrayEquals(garbage, socket.getInputStream().readNBytes(garbage.length));
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout((int) DELIVERED.toMillis());
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      socket.send(new DatagramPacket(garbage, garbage.length, loopback, node.port("udp_echo")));
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      socket.receive(answer);
      assertEquals(garbage.length, answer.getLength());
      assertEquals(List.of(), lines(), "an echo takes anything");
    }
  }

  @Test
  void aReaderThatIsTooSlowIsDisconnected() throws IOException {
    String channel = "chat:slow";
    SdkClient talker = connected("talker");
    talker.subscribe(channel);
    try (RawWebSocket peer = new RawWebSocket(node, BadInputIT::narrowSocket)) {
      peer.say(connectCommand());
      peer.reply(1);
      peer.say(command(2, "subscribe", new JsonObject().put("channel", channel)));
      peer.reply(2);
      String long16k = PAYLOAD.repeat(2_000);
      Eventually.await(
          "the slow one is disconnected",
          DELIVERED,
          () -> {
            talker.publish(channel, long16k).join();
            return !lines().isEmpty();
          });
      assertLogs("3008");
      assertTrue(peer.readCloseCode() != 1000);
    } finally {
      talker.disconnect();
    }
  }

  /** The kernel buffers little for it, so that the server has to. */
  private static Socket narrowSocket() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    return socket;
  }

  private static Socket connect(String listener) throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), node.port(listener));
    socket.setSoTimeout((int) DELIVERED.toMillis());
    return socket;
  }

  private static JsonObject connectCommand() {
    return command(1, "connect", new JsonObject().put("token", Http.guestToken(node, "raw")));
  }

  private static JsonObject command(int id, String method, JsonObject parameters) {
    return new JsonObject().put("id", id).put(method, parameters);
  }
}
