package dev.carillon.chat;

import static dev.carillon.chat.ClientFrames.FIN;
import static dev.carillon.chat.ClientFrames.PING;
import static dev.carillon.chat.ClientFrames.PONG;
import static dev.carillon.chat.ClientFrames.frame;
import static dev.carillon.chat.ClientFrames.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that want ping frames (RFC 6455 section 5.5.2) instead of the protocol's pings. */
@ExtendWith(LeakWatch.class)
class PingFrameTest {

  private static final byte[] NOTHING = new byte[0];

  private ServedChat chat;

  @BeforeEach
  void startWithShortTimes() {
    chat =
        ServedChat.start(
            Map.of("insecure", "true", "ping_interval", "1s", "pong_timeout", "500ms"), Map.of());
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  private RawClient connected() throws IOException {
    var client =
        new RawClient(chat.port(), Wire.PLAIN).open(ChatHub.PATH + "?cf_ws_frame_ping_pong=true");
    client.send(text("{\"id\":1,\"connect\":{}}"));
    String reply = client.frame().text();
    assertFalse(reply.contains("ping") || reply.contains("pong"), reply);
    return client;
  }

  @Test
  void pingsAreFramesAndAreAnsweredByFrames() throws IOException {
    try (RawClient client = connected()) {
      for (int pings = 0; pings < 3; pings++) {
        assertEquals(FIN | PING, client.frame().firstByte());
        client.send(frame(FIN | PONG, NOTHING));
      }
      client.send(text("{\"id\":2,\"rpc\":{}}"));
      assertEquals(2, client.frame().text().charAt("{\"id\":".length()) - '0');
    }
  }

  @Test
  void whoDoesNotAnswerIsClosed() throws IOException {
    try (RawClient client = connected()) {
      assertEquals(FIN | PING, client.frame().firstByte());
      assertEquals(3012, client.frame().closeCode());
    }
  }

  @Test
  void aPongOfTheProtocolAnswersNoPingFrame() throws IOException {
    try (RawClient client = connected()) {
      assertEquals(FIN | PING, client.frame().firstByte());
      client.send(text("{}"));
      assertEquals(3501, client.frame().closeCode());
    }
  }
}
