package dev.carillon.chat;

import static dev.carillon.chat.ClientFrames.FIN;
import static dev.carillon.chat.ClientFrames.PING;
import static dev.carillon.chat.ClientFrames.TEXT;
import static dev.carillon.chat.ClientFrames.frame;
import static dev.carillon.chat.ClientFrames.text;
import static dev.carillon.chat.ClientFrames.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The change from HTTP to WebSocket: no byte is lost, and none of HTTP comes after it. */
@ParameterizedClass
@EnumSource(Wire.class)
@ExtendWith(LeakWatch.class)
class WebSocketTakeoverTest {

  @TempDir static Path folder;

  private final Wire wire;
  private SocketServer server;
  private RawClient client;

  WebSocketTakeoverTest(Wire wire) {
    this.wire = wire;
  }

  @BeforeEach
  void start() {
    server = new SocketServer(wire, folder);
    client = new RawClient(server.port(), wire);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void theUpgradeIsAnsweredWithItsHeadersOnly() throws IOException {
    client.send(RawClient.upgrade("/ws", "Sec-WebSocket-Protocol: x, centrifuge-json\r\n"));
    var lines = new TreeSet<>(Set.of(client.head().toLowerCase(Locale.ROOT).trim().split("\r\n")));
    assertEquals(
        new TreeSet<>(
            Set.of(
                "http/1.1 101 switching protocols",
                "upgrade: websocket",
                "connection: upgrade",
                "sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=",
                "sec-websocket-protocol: centrifuge-json")),
        lines);
  }

  @Test
  void messagesAreEchoed() throws IOException {
    client.open("/ws").send(text("one"), text("two"));
    assertEquals("one", client.frame().text());
    assertEquals("two", client.frame().text());
  }

  @Test
  void aFrameGluedToTheRequestIsNotLost() throws IOException {
    client.send(utf8(RawClient.upgrade("/ws", "")), text("early"), text("second"));
    assertTrue(client.head().startsWith("HTTP/1.1 101 "));
    assertEquals("early", client.frame().text());
    assertEquals("second", client.frame().text());
    client.send(text("later"));
    assertEquals("later", client.frame().text());
  }

  @Test
  void halfAFrameGluedToTheRequestIsCompletedLater() throws IOException {
    byte[] frame = text("in two halves");
    byte[] half = Arrays.copyOf(frame, 5);
    client.send(utf8(RawClient.upgrade("/ws", "")), half);
    assertTrue(client.head().startsWith("HTTP/1.1 101 "));
    client.send(Arrays.copyOfRange(frame, 5, frame.length));
    assertEquals("in two halves", client.frame().text());
  }

  @Test
  void requestAndFramesMayArriveByteByByte() throws IOException {
    for (byte b : utf8(RawClient.upgrade("/ws", ""))) {
      client.send(new byte[] {b});
    }
    assertTrue(client.head().startsWith("HTTP/1.1 101 "));
    for (byte b : ClientFrames.concat(text("slow"), frame(FIN | PING, utf8("p")), text("and"))) {
      client.send(new byte[] {b});
    }
    assertEquals("slow", client.frame().text());
    var pong = client.frame();
    assertEquals(0x8A, pong.firstByte());
    assertArrayEquals(utf8("p"), pong.payload());
    assertEquals("and", client.frame().text());
  }

  @Test
  void aPingBetweenFragmentsIsAnsweredAtOnce() throws IOException {
    client.open("/ws").send(frame(TEXT, utf8("a")), frame(FIN | PING, utf8("now")));
    assertArrayEquals(utf8("now"), client.frame().payload());
    client.send(frame(FIN, utf8("b")));
    assertEquals("ab", client.frame().text());
  }

  @Test
  void aConnectionThatWasUsedForHttpIsUpgraded() throws IOException {
    for (int i = 0; i < 3; i++) {
      client.send("GET /get HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertTrue(client.head().startsWith("HTTP/1.1 200 "));
      assertEquals("got", client.body(3));
    }
    client.open("/ws").send(text("after"));
    assertEquals("after", client.frame().text());
  }

  @Test
  void aRequestPipelinedBeforeTheUpgradeIsAnsweredBeforeIt() throws IOException {
    client.send("GET /get HTTP/1.1\r\nHost: localhost\r\n\r\n" + RawClient.upgrade("/ws", ""));
    assertTrue(client.head().startsWith("HTTP/1.1 200 "));
    assertEquals("got", client.body(3));
    assertTrue(client.head().startsWith("HTTP/1.1 101 "));
    client.send(text("x"));
    assertEquals("x", client.frame().text());
  }

  @Test
  void aRequestBehindTheUpgradeIsReadAsFramesAndRefused() throws Exception {
    client.send(RawClient.upgrade("/ws", "") + "GET /get HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertTrue(client.head().startsWith("HTTP/1.1 101 "));
    assertEquals(1002, client.frame().closeCode());
    assertTrue(client.isEnd());
    assertFalse(server.events.contains("got /get"));
  }

  @Test
  void aRequestBehindAnUpgradeThatWaitsClosesTheConnection() throws Exception {
    client.send(RawClient.upgrade("/later", ""));
    assertEquals("begun", server.event());
    client.send("GET /get HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertTrue(client.isEnd());
    server.onLoop(() -> server.gate.complete());
    assertTrue(server.events.isEmpty(), "nothing was answered");
    assertTrue(server.opened.isEmpty());
  }

  @Test
  void aRequestGluedToAnUpgradeThatWaitsClosesTheConnection() throws Exception {
    client.send(RawClient.upgrade("/later", "") + "GET /get HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertEquals("begun", server.event());
    assertTrue(client.isEnd());
    server.onLoop(() -> server.gate.complete());
    assertTrue(server.events.isEmpty(), "nothing was answered");
  }

  @Test
  void anUpgradeThatWaitedIsCompleted() throws Exception {
    client.send(RawClient.upgrade("/later", ""));
    assertEquals("begun", server.event());
    server.onLoop(() -> server.gate.complete());
    assertTrue(client.head().startsWith("HTTP/1.1 101 "));
    client.send(text("patient"));
    assertEquals("patient", client.frame().text());
  }

  @Test
  void aClientThatLeavesWhileItsUpgradeWaitsIsForgotten() throws Exception {
    client.send(RawClient.upgrade("/later", ""));
    assertEquals("begun", server.event());
    client.close();
    try (var other = new RawClient(server.port(), wire)) {
      other.send("GET /get HTTP/1.1\r\nHost: localhost\r\n\r\n");
      other.head();
    }
    server.onLoop(() -> server.gate.complete());
    assertTrue(server.opened.isEmpty());
  }

  private void holdAndUpgrade(String behind) throws IOException {
    client.send(
        "GET /hold HTTP/1.1\r\nHost: localhost\r\n\r\n" + RawClient.upgrade("/ws", "") + behind);
    try (var other = new RawClient(server.port(), wire)) {
      other.send("GET /get HTTP/1.1\r\nHost: localhost\r\n\r\n");
      other.head();
    }
    server.onLoop(() -> server.gate.complete());
    assertTrue(client.head().startsWith("HTTP/1.1 200 "));
    assertEquals("held", client.body(4));
    assertTrue(client.head().startsWith("HTTP/1.1 101 "));
  }

  @Test
  void anUpgradeThatWaitedForAResponseBeforeItIsCompleted() throws IOException {
    holdAndUpgrade("");
    client.send(text("mine"));
    assertEquals("mine", client.frame().text());
  }

  @Test
  void aRequestThatWaitedBehindSuchAnUpgradeIsNeverAnswered() throws IOException {
    holdAndUpgrade("GET /get HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertTrue(client.isEnd());
  }

  private Set<String> handlers() {
    return Objects.requireNonNull(server.pipeline).toMap().keySet();
  }

  @Test
  void nothingOfHttpStaysInThePipeline() throws IOException {
    try (var crowded = SocketServer.ofManyHandlers(wire, folder);
        var guest = new RawClient(crowded.port(), wire)) {
      server.close();
      server = crowded;
      guest.send(RawClient.upgrade("/ws", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
      String head = guest.head();
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      assertFalse(head.contains("deflate"), head);
      guest.send(text("x"));
      assertEquals("x", guest.frame().text());
      assertEquals(
          wire.isTls()
              ? Set.of("ssl", WebSocketTakeover.HANDLER)
              : Set.of(WebSocketTakeover.HANDLER),
          handlers());
    }
  }

  @Test
  void aHandlerThatIsNotKnownIsNotRemovedBlindly() throws Exception {
    client.send(RawClient.upgrade("/crowded", ""));
    assertTrue(client.head().startsWith("HTTP/1.1 500 "));
    assertEquals(
        "pipeline with [stranger] (expected: only handlers of Vert.x 5.0)", server.event());
  }

  @Test
  void anExtensionThatIsOfferedIsNotConfirmed() throws IOException {
    client.send(RawClient.upgrade("/ws", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
    assertFalse(client.head().toLowerCase(Locale.ROOT).contains("extensions"));
    client.send(frame(FIN | 0x40 | TEXT, utf8("compressed")));
    assertEquals(1002, client.frame().closeCode());
  }

  @Test
  void theConversationIsOnTheContextOfItsConnection() throws Exception {
    client.open("/ws").send(text("x"));
    assertEquals("x", client.frame().text());
    assertSame(server.loop, server.next().context);
  }

  @Test
  void theRequestIsNotKept() throws IOException {
    client.open("/ws").send(text("x"));
    assertEquals("x", client.frame().text());
    Wait.until(
        "the request is collected",
        () -> {
          System.gc();
          return server.request.get() == null;
        });
  }
}
