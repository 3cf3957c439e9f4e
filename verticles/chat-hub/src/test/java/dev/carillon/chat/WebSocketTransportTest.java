package dev.carillon.chat;

import static dev.carillon.chat.ClientFrames.BINARY;
import static dev.carillon.chat.ClientFrames.CLOSE;
import static dev.carillon.chat.ClientFrames.FIN;
import static dev.carillon.chat.ClientFrames.PING;
import static dev.carillon.chat.ClientFrames.TEXT;
import static dev.carillon.chat.ClientFrames.close;
import static dev.carillon.chat.ClientFrames.frame;
import static dev.carillon.chat.ClientFrames.header;
import static dev.carillon.chat.ClientFrames.text;
import static dev.carillon.chat.ClientFrames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.hub.Frame;
import dev.carillon.protocol.Disconnect;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sending, closing and failing on a real socket. */
@ParameterizedClass
@EnumSource(Wire.class)
@ExtendWith(LeakWatch.class)
class WebSocketTransportTest {

  private static final Map<String, ?> SHORT =
      Map.of("write_timeout", "300ms", "close_timeout", "500ms");

  /** For clients that are slow, but must not be dropped when the machine stands still. */
  private static final Map<String, ?> PATIENT =
      Map.of("write_timeout", "60s", "close_timeout", "60s");

  @TempDir static Path folder;

  private final Wire wire;
  private SocketServer server;
  private RawClient client;

  WebSocketTransportTest(Wire wire) {
    this.wire = wire;
  }

  @BeforeEach
  void start() {
    start(SHORT);
  }

  private void start(Map<String, ?> options) {
    server = new SocketServer(wire, folder, options, null);
    client = new RawClient(server.port(), wire);
  }

  private void startPatient() throws IOException {
    stop();
    start(PATIENT);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private void refuses(int code, byte[]... frames) throws Exception {
    client.open("/ws").send(frames);
    var last = client.frame();
    assertEquals(code, last.closeCode());
    assertTrue(last.closeReason().length() > 5, "says why");
    assertTrue(client.isEnd());
    assertEquals("closed", server.event());
  }

  @Test
  void brokenFramesAreClosedWith1002() throws Exception {
    refuses(1002, frame(FIN | 0x40 | TEXT, utf8("x")));
  }

  @Test
  void framesWithoutAMaskAreClosedWith1002() throws Exception {
    refuses(1002, new byte[] {(byte) (FIN | TEXT), 1, 'x'});
  }

  @Test
  void textThatIsNotUtf8IsClosedWith1007() throws Exception {
    refuses(1007, frame(FIN | TEXT, new byte[] {(byte) 0xC0, (byte) 0x80}));
  }

  @Test
  void tooManyFragmentsAreClosedWith1008() throws Exception {
    byte[][] frames = new byte[65][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = frame(i == 0 ? TEXT : 0, utf8("x"));
    }
    refuses(1008, frames);
  }

  @Test
  void aFrameOfTenMegabytesIsClosedWith1009AfterItsHeader() throws Exception {
    refuses(1009, header(FIN | BINARY, 10 << 20, 8), new byte[1 << 16]);
  }

  @Test
  void othersGoOnWhenOneIsRefused() throws Exception {
    client.open("/ws");
    try (var other = new RawClient(server.port(), wire)) {
      other.open("/ws").send(header(FIN | BINARY, 10 << 20, 8));
      assertEquals(1009, other.frame().closeCode());
    }
    client.send(text("undisturbed"));
    assertEquals("undisturbed", client.frame().text());
  }

  @Test
  void anEmptyFirstFragmentDeafensNobody() throws Exception {
    client.open("/ws").send(frame(TEXT, utf8("")), frame(FIN, utf8("a")), text("b"));
    assertEquals("a", client.frame().text());
    assertEquals("b", client.frame().text());
  }

  @Test
  void aCloseIsAnsweredWithItsCodeAndTheSocketIsClosed() throws Exception {
    client.open("/ws").send(close(1000, "bye"));
    assertEquals(1000, client.frame().closeCode());
    assertTrue(client.isEnd());
    assertEquals("closed", server.event());
    assertTrue(server.events.isEmpty(), "told once");
  }

  @Test
  void aCloseWithoutACodeIsAnsweredWithoutOne() throws Exception {
    client.open("/ws").send(frame(FIN | CLOSE, new byte[0]));
    assertEquals(1005, client.frame().closeCode());
    assertTrue(client.isEnd());
  }

  @Test
  void aClientThatVanishesIsNoticed() throws Exception {
    client.open("/ws");
    client.close();
    assertEquals("closed", server.event());
  }

  @Test
  void aDisconnectFollowsWhatWasSentBefore() throws Exception {
    client.open("/ws");
    var echo = server.next();
    server.onLoop(
        () -> {
          echo.send(Bytes.utf8("last words"));
          echo.transport.close(Disconnect.INVALID_TOKEN);
          echo.send(Bytes.utf8("never sent"));
        });
    assertEquals("last words", client.frame().text());
    var last = client.frame();
    assertEquals(3500, last.closeCode());
    assertEquals("invalid token", last.closeReason());
    client.send(text("not heard any more"), close(3500, ""));
    assertTrue(client.isEnd());
    assertEquals("closed", server.event());
  }

  @Test
  void aPeerThatDoesNotAnswerACloseIsDropped() throws Exception {
    client.open("/ws");
    var echo = server.next();
    server.onLoop(() -> echo.transport.close(Disconnect.STALE));
    assertEquals(3502, client.frame().closeCode());
    assertTrue(client.isEnd());
    assertEquals("closed", server.event());
  }

  @Test
  void code3000IsNeverOnTheWire() throws Exception {
    client.open("/ws");
    var echo = server.next();
    server.onLoop(() -> echo.transport.close(Disconnect.CONNECTION_CLOSED));
    assertTrue(client.isEnd());
    assertEquals("closed", server.event());
  }

  @Test
  void manyFramesLeaveInOrderWithOneFlush() throws Exception {
    client.open("/ws");
    var echo = server.next();
    server.onLoop(
        () -> {
          for (int i = 0; i < 500; i++) {
            echo.send(Bytes.utf8("frame " + i));
          }
          echo.transport.flush();
        });
    for (int i = 0; i < 500; i++) {
      assertEquals("frame " + i, client.frame().text());
    }
  }

  @Test
  void oneFrameIsSharedByManyClientsAndReleasedOnce() throws Exception {
    var clients = new ArrayList<RawClient>();
    var echoes = new ArrayList<SocketServer.Echo>();
    for (int i = 0; i < 5; i++) {
      clients.add(new RawClient(server.port(), wire).open("/ws"));
      echoes.add(server.next());
    }
    var shared = new ArrayList<ByteBuf>();
    server.onLoop(() -> broadcast(echoes, shared));
    for (int i = 0; i < clients.size(); i++) {
      assertEquals("own " + i, clients.get(i).frame().text());
      assertEquals("x".repeat(200), clients.get(i).frame().text());
      assertEquals("own " + (i + 10), clients.get(i).frame().text());
    }
    server.onLoop(() -> assertEquals(List.of(0), shared.stream().map(ByteBuf::refCnt).toList()));
    for (RawClient each : clients) {
      each.close();
    }
  }

  /** Own frames before and behind the shared one: TLS joins small writes, and must not mix them. */
  private static void broadcast(List<SocketServer.Echo> echoes, List<ByteBuf> shared) {
    var frame = new Frame(Bytes.utf8("x".repeat(200)));
    for (int i = 0; i < echoes.size(); i++) {
      echoes.get(i).send(Bytes.utf8("own " + i));
      echoes.get(i).transport.send(frame);
      echoes.get(i).send(Bytes.utf8("own " + (i + 10)));
    }
    echoes.forEach(echo -> echo.transport.flush());
    ByteBuf framed = frame.framed(FrameEncoder::text);
    shared.add(framed);
    framed.release();
  }

  @Test
  void aSlowReaderIsClosedWith3008AfterTheFramesThatHadLeft() throws Exception {
    startPatient();
    try (var slow = new RawClient(server.port(), wire, 4096).open("/ws")) {
      var echo = server.next();
      server.onLoop(
          () -> {
            while (echo.transport.queuedBytes() <= 1 << 20) {
              echo.send(Bytes.utf8("x".repeat(30_000)));
              echo.transport.flush();
            }
            echo.transport.close(Disconnect.SLOW);
            assertTrue(echo.transport.queuedBytes() < 200_000, "the rest was thrown away");
          });
      var frame = slow.frame();
      while (frame.firstByte() == 0x81) {
        assertEquals(30_000, frame.payload().length);
        frame = slow.frame();
      }
      assertEquals(3008, frame.closeCode());
    }
    assertEquals("closed", server.event());
  }

  @Test
  void aClientThatTakesNothingIsDropped() throws Exception {
    try (var slow = new RawClient(server.port(), wire, 4096).open("/ws")) {
      var echo = server.next();
      server.onLoop(
          () -> {
            while (echo.transport.queuedBytes() <= 1 << 20) {
              echo.send(Bytes.utf8("x".repeat(30_000)));
              echo.transport.flush();
            }
          });
      assertEquals("stuck", server.event());
      assertEquals("closed", server.event());
    }
  }

  @Test
  void aClientThatReadsInTheEndGetsEverything() throws Exception {
    startPatient();
    try (var slow = new RawClient(server.port(), wire, 4096).open("/ws")) {
      var echo = server.next();
      server.onLoop(
          () -> {
            for (int i = 0; i < 100; i++) {
              echo.send(Bytes.utf8("x".repeat(30_000)));
            }
            echo.transport.flush();
          });
      for (int i = 0; i < 100; i++) {
        assertEquals(30_000, slow.frame().payload().length);
      }
      Wait.until("the queue is empty", () -> queued(echo) == 0);
    }
  }

  @Test
  void aFloodOfPingsFillsNoQueue() throws Exception {
    try (var deaf = new RawClient(server.port(), wire, 4096).open("/ws")) {
      var echo = server.next();
      byte[][] pings = new byte[1000][];
      Arrays.fill(pings, frame(FIN | PING, new byte[125]));
      for (int i = 0; i < 100; i++) {
        deaf.send(pings);
      }
      deaf.send(text("after the flood"));
      assertEquals("received after the flood", server.event());
      assertTrue(queued(echo) < 200_000, "of 12 million bytes");
    }
  }

  private long queued(SocketServer.Echo echo) {
    var bytes = new long[1];
    server.onLoop(() -> bytes[0] = echo.transport.queuedBytes());
    return bytes[0];
  }

  @Test
  void readingStopsAndResumes() throws Exception {
    client.open("/ws");
    var echo = server.next();
    server.onLoop(() -> echo.transport.reading(false));
    client.send(text("held up"));
    try (var other = new RawClient(server.port(), wire)) {
      other.open("/ws").send(text("other"));
      assertEquals("other", other.frame().text());
    }
    assertEquals("received other", server.event());
    assertEquals("closed", server.event());
    assertNull(server.events.poll(50, TimeUnit.MILLISECONDS));
    server.onLoop(() -> echo.transport.reading(true));
    assertEquals("held up", client.frame().text());
  }

  @Test
  void shutdownSaysGoodByeToAllAndWaitsForTheGraceOnly() throws Exception {
    client.open("/ws");
    try (var silent = new RawClient(server.port(), wire).open("/ws")) {
      var down = server.server.shutdown(5, TimeUnit.SECONDS);
      assertEquals(3001, client.frame().closeCode());
      client.send(close(3001, ""));
      assertTrue(client.isEnd());
      assertEquals(3001, silent.frame().closeCode());
      assertTrue(silent.isEnd(), "after the close timeout");
      Wait.on(down);
    }
  }

  @Test
  void aServerThatClosesAtOnceStillSaysGoodBye() throws Exception {
    client.open("/ws");
    var down = server.server.close();
    assertEquals(3001, client.frame().closeCode());
    assertTrue(client.isEnd());
    Wait.on(down);
  }
}
