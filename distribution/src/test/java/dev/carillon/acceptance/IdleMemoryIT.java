package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients that do nothing cost a node, counted in live objects, which no machine changes. */
class IdleMemoryIT {
  private static final int CONNECTIONS = 5_000;

  /**
   * Bytes of heap, with the client's rows in the table of sessions. Measured: 3,700
   * (docs/PERFORMANCE.md); Vert.x's own WebSocket alone would take 10,000.
   */
  private static final int LIMIT = 4_500;

  private static final byte[] COMMANDS =
      "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"idle\"}}"
          .getBytes(StandardCharsets.UTF_8);

  @RegisterExtension static final Nodes NODES = new Nodes();

  @Test
  void fiveThousandIdleSubscribersStaySmall() throws Exception {
    // Nobody answers pings here.
    NodeProcess node =
        NODES
            .start("idle", "--set", "client.insecure=true", "--set", "client.ping_interval=1h")
            .awaitReady();
    List<RawWebSocket> clients = new ArrayList<>();
    try {
      // The first ones load classes and fill pools.
      open(node, clients, CONNECTIONS / 10);
      long before = heap(node);
      open(node, clients, CONNECTIONS);
      Console console = Console.of(node);
      Eventually.await(
          "all are in the table of sessions",
          SdkClient.REPLY_TIMEOUT,
          () -> console.total() >= clients.size());
      long each = (heap(node) - before) / CONNECTIONS;
      assertTrue(each < LIMIT, each + " bytes each (expected: less than " + LIMIT + ")");
    } finally {
      for (RawWebSocket client : clients) {
        client.close();
      }
    }
  }

  private static void open(NodeProcess node, List<RawWebSocket> clients, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      var client = new RawWebSocket(node, IdleMemoryIT::prompt);
      clients.add(client);
      client.send(RawWebSocket.TEXT, true, COMMANDS).reply(2);
    }
  }

  /** Sends at once: with Nagle's algorithm each of thousands of clients would take 40 ms. */
  private static Socket prompt() throws IOException {
    var socket = new Socket();
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Bytes of all live objects. */
  private static long heap(NodeProcess node) throws IOException, InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process = new ProcessBuilder(jcmd, Long.toString(node.pid()), "GC.class_histogram");
    var running = process.redirectErrorStream(true).start();
    String histogram = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    running.waitFor();
    var total = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
    assertTrue(total.find(), histogram);
    return Long.parseLong(total.group(1));
  }
}
