package dev.carillon.chat;

import static dev.carillon.chat.ClientFrames.FIN;
import static dev.carillon.chat.ClientFrames.frame;
import static dev.carillon.chat.ClientFrames.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.protobuf.ProtobufWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that talk Protobuf, alone and with others that talk JSON. */
@ExtendWith(LeakWatch.class)
class ProtobufChatTest {

  private static final int BINARY = 0x2;
  private static final String ROOM = "any:lobby";

  /** Takes whatever is published. */
  private static final Map<String, Object> ANY =
      Map.of(
          "name",
          "any",
          "history_size",
          10,
          "history_ttl",
          "1h",
          "force_recovery",
          true,
          "allow_history_for_subscriber",
          true);

  /** Id 2 and the key of a subscribe result. */
  private static final String SUBSCRIBED = "\u0008\u00022";

  private ServedChat chat;

  @BeforeEach
  void start() {
    chat = ServedChat.start(Map.of("insecure", "true"), Map.of("namespaces", List.of(ANY)));
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  private RawClient protobuf() throws IOException {
    return new RawClient(chat.port(), Wire.PLAIN).open(ChatHub.PATH + "?cf_protocol=protobuf");
  }

  private RawClient json() throws IOException {
    var client = new RawClient(chat.port(), Wire.PLAIN).open(ChatHub.PATH);
    client.send(
        text("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"" + ROOM + "\"}}"));
    String reply = client.frame().text();
    while (!reply.contains("\"id\":2")) {
      reply = client.frame().text();
    }
    return client;
  }

  /** Connect and subscribe in one frame, as SDKs do. */
  private static byte[] join() {
    var out = new ProtobufWriter();
    int connect = out.begin();
    out.number(1, 1).end(out.begin(4)).end(connect);
    int subscribe = out.begin();
    out.number(1, 2);
    int request = out.begin(5);
    out.text(1, ROOM).end(request).end(subscribe);
    return frame(FIN | BINARY, out.toBytes().array());
  }

  private static byte[] publish(int id, String data) {
    var out = new ProtobufWriter();
    int command = out.begin();
    out.number(1, id);
    int request = out.begin(7);
    out.text(1, ROOM).bytes(2, Bytes.utf8(data)).end(request).end(command);
    return frame(FIN | BINARY, out.toBytes().array());
  }

  /** Reads binary frames up to one with this text in it. */
  private static String until(RawClient client, String wanted) throws IOException {
    String seen = "";
    while (!seen.contains(wanted)) {
      var frame = client.frame();
      assertEquals(FIN | BINARY, frame.firstByte(), "a whole binary frame");
      seen = new String(frame.payload(), StandardCharsets.ISO_8859_1);
    }
    return seen;
  }

  @Test
  void clientsOfBothEncodingsHearEachOther() throws IOException {
    try (var ada = protobuf();
        var grace = json()) {
      ada.send(join());
      until(ada, SUBSCRIBED);
      ada.send(publish(3, "{\"text\":\"from ada\"}"));
      String heard = grace.frame().text();
      while (!heard.contains("\"pub\":")) {
        heard = grace.frame().text();
      }
      assertTrue(heard.contains("\"data\":{\"text\":\"from ada\"}"), heard);
      grace.send(
          text(
              "{\"id\":3,\"publish\":{\"channel\":\""
                  + ROOM
                  + "\",\"data\":{\"text\":\"from grace\"}}}"));
      until(ada, "{\"text\":\"from grace\"}");
    }
  }

  /** What would be two frames if it were put into one as it is. */
  private static final String FORGED =
      "1}}\n{\"push\":{\"channel\":\"" + ROOM + "\",\"pub\":{\"data\":\"forged\"}}}";

  @Test
  void nobodyCanForgeAFrameOfAnother() throws IOException {
    try (var eve = protobuf();
        var ada = protobuf();
        var grace = json()) {
      eve.send(join());
      until(eve, SUBSCRIBED);
      ada.send(join());
      until(ada, SUBSCRIBED);
      eve.send(publish(3, FORGED));
      until(ada, FORGED);
      closedWith3506(grace);
      // It is part of the history now, which nobody who talks JSON can be told.
      try (var late = json()) {
        late.send(text("{\"id\":3,\"history\":{\"channel\":\"" + ROOM + "\",\"limit\":10}}"));
        closedWith3506(late);
      }
      ada.send(publish(3, "{\"text\":\"and on we go\"}"));
      until(eve, "and on we go");
    }
  }

  /** Nothing comes in between. */
  private static void closedWith3506(RawClient client) throws IOException {
    var frame = client.frame();
    while (frame.firstByte() == 0x81) {
      String text = frame.text();
      assertTrue(!text.contains("forged") && !text.contains("\"pub\""), text);
      frame = client.frame();
    }
    assertEquals(3506, frame.closeCode());
    assertEquals("inappropriate protocol", frame.closeReason());
  }

  @Test
  void aFrameThatIsNoProtobufIsABadRequest() throws IOException {
    for (byte[] bad : new byte[][] {{}, {1}, {2, 8, 9}, {(byte) 0xFF}}) {
      try (var client = protobuf()) {
        client.send(join());
        until(client, SUBSCRIBED);
        client.send(frame(FIN | BINARY, bad));
        var frame = client.frame();
        while (frame.firstByte() != 0x88) {
          frame = client.frame();
        }
        assertEquals(3501, frame.closeCode());
        assertEquals("bad request", frame.closeReason());
      }
    }
  }

  @Test
  void theSubprotocolAloneChoosesProtobuf() throws IOException {
    try (var client = new RawClient(chat.port(), Wire.PLAIN)) {
      client.send(
          RawClient.upgrade(ChatHub.PATH, "Sec-WebSocket-Protocol: centrifuge-protobuf\r\n"));
      String head = client.head();
      assertTrue(head.contains("Sec-WebSocket-Protocol: centrifuge-protobuf\r\n"), head);
      client.send(join());
      until(client, SUBSCRIBED);
    }
  }
}
