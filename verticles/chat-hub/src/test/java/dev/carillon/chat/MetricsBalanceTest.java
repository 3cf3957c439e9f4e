package dev.carillon.chat;

import static dev.carillon.chat.ClientFrames.close;
import static dev.carillon.chat.ClientFrames.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that begins in the metrics of Vert.x also ends there. */
class MetricsBalanceTest {

  @TempDir static Path folder;

  @ParameterizedTest
  @EnumSource(Wire.class)
  void connectionsAndRequestsThatBeganHaveEnded(Wire wire) throws IOException {
    var metrics = new CountingMetrics();
    try (var server = new SocketServer(wire, folder, Map.of(), metrics)) {
      for (int i = 0; i < 20; i++) {
        try (var client = new RawClient(server.port(), wire)) {
          client.send("GET /get HTTP/1.1\r\nHost: localhost\r\n\r\n");
          client.head();
          client.body(3);
          client.open("/ws").send(text("x"));
          assertEquals("x", client.frame().text());
          if (i % 2 == 0) {
            client.send(close(1000, ""));
            assertEquals(1000, client.frame().closeCode());
            assertTrue(client.isEnd());
          }
        }
      }
      Wait.until("all are disconnected", () -> metrics.disconnected.get() == 20);
      assertEquals(20, metrics.connected.get());
      assertEquals(40, metrics.begun.get());
      assertEquals(40, metrics.ended.get());
    }
  }

  @Test
  void aServerWithoutMetricsWorksToo() throws IOException {
    try (var server = new SocketServer(Wire.PLAIN, folder);
        var client = new RawClient(server.port(), Wire.PLAIN)) {
      client.open("/ws").send(text("x"));
      assertEquals("x", client.frame().text());
    }
  }
}
