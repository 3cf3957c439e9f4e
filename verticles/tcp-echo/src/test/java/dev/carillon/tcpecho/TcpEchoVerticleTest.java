package dev.carillon.tcpecho;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.carillon.broker.Eventually;
import dev.carillon.broker.MemoryPorts;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.port.Ports;
import dev.carillon.sessions.SessionRecord;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class TcpEchoVerticleTest {

  private final Vertx vertx = Vertx.vertx();
  private final Ports ports =
      MemoryPorts.create(vertx).toCompletionStage().toCompletableFuture().join();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void everyByteComesBackInOrder() throws Exception {
    byte[] sent = randomBytes(3_000_000);
    try (Socket client = connect(start(Map.of()))) {
      CompletableFuture<Void> writing = writeInBackground(client, sent);
      assertArrayEquals(sent, client.getInputStream().readNBytes(sent.length));
      writing.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void allThatWasSentComesBackToAClientThatHalfClosesAndReads() throws Exception {
    byte[] sent = randomBytes(2_000_000);
    try (Socket client = connect(start(Map.of()))) {
      CompletableFuture<Void> writing =
          writeInBackground(client, sent).thenRun(() -> shutdownOutput(client));
      assertEquals(sent.length, client.getInputStream().readAllBytes().length);
      writing.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aSlowReaderThatHalfClosesGetsEverything() throws Exception {
    byte[] sent = randomBytes(30_000_000);
    try (Socket client = connect(start(Map.of()))) {
      CompletableFuture<Void> writing =
          writeInBackground(client, sent).thenRun(() -> shutdownOutput(client));
      var received = new ByteArrayOutputStream();
      byte[] block = new byte[10_000];
      for (int n = client.getInputStream().read(block); n >= 0; ) {
        received.write(block, 0, n);
        LockSupport.parkNanos(50_000);
        n = client.getInputStream().read(block);
      }
      assertArrayEquals(sent, received.toByteArray());
      writing.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aClientThatHalfClosesBeforeItReadsGetsEverything() throws Exception {
    byte[] sent = randomBytes(1_000_000);
    try (Socket client = connect(start(Map.of()))) {
      client.getOutputStream().write(sent);
      client.shutdownOutput();
      stable(this::bytesOut);
      assertArrayEquals(sent, client.getInputStream().readAllBytes());
    }
  }

  @Test
  void aClientThatDoesNotReadIsPausedAndLosesNothing() throws Exception {
    int port = start(Map.of());
    try (SocketChannel client = SocketChannel.open()) {
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      client.configureBlocking(false);
      byte[] block = randomBytes(64 * 1024);
      long sent = writeUntilStuck(client, block);
      assertTrue(sent < 64_000_000, sent + " bytes were taken from a client that reads nothing");
      long answered = stable(this::bytesOut);
      assertTrue(answered <= sent);
      client.configureBlocking(true);
      assertEchoed(client, block, sent);
    }
  }

  @Test
  void aPausedClientDoesNotDisturbOthers() throws Exception {
    int port = start(Map.of());
    try (SocketChannel slow = SocketChannel.open();
        Socket quick = connect(port)) {
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      slow.configureBlocking(false);
      writeUntilStuck(slow, randomBytes(64 * 1024));
      assertEquals("hi\n", exchange(quick, "hi\n", 3));
    }
  }

  @Test
  void linesAreAnsweredInLineMode() throws Exception {
    try (Socket client = connect(start(Map.of("mode", "line")))) {
      assertEquals("echo: hi\n", exchange(client, "hi\n", 9));
      assertEquals("echo: a\r\necho: b\n", exchange(client, "a\r\nb\n", 17));
    }
    awaitNoConnections();
  }

  @Test
  void aLineOverTheLimitIsToldSoAndEndsItsConnectionOnly() throws Exception {
    int port = start(Map.of("mode", "line", "max_line_bytes", 10));
    try (Socket other = connect(port);
        Socket client = connect(port)) {
      assertEquals("echo: hi\n", exchange(other, "hi\n", 9));
      send(client, "ok\n" + "x".repeat(100_000));
      assertEquals("echo: ok\nerror: line too long\n", readToEnd(client));
      assertEquals("echo: ho\n", exchange(other, "ho\n", 9));
    }
    assertEquals(1, refused("line_too_long"));
  }

  @Test
  void inLineModeAConnectionOverTheLimitIsToldSo() throws Exception {
    int port = start(Map.of("mode", "line", "max_connections", 1));
    try (Socket first = connect(port)) {
      assertEquals("echo: hi\n", exchange(first, "hi\n", 9));
      try (Socket second = connect(port)) {
        send(second, "too early\n");
        assertEquals("error: 1 connections are open (expected: fewer)\n", readToEnd(second));
      }
      assertEquals("echo: ho\n", exchange(first, "ho\n", 9));
    }
    assertEquals(1, refused("connection_limit"));
  }

  @Test
  void inRawModeAConnectionOverTheLimitIsClosedWithoutAByte() throws Exception {
    int port = start(Map.of("max_connections", 1));
    Socket first = connect(port);
    assertEquals("hi\n", exchange(first, "hi\n", 3));
    try (Socket second = connect(port)) {
      assertEquals("", readToEnd(second));
    }
    first.close();
    awaitNoConnections();
    try (Socket third = connect(port)) {
      assertEquals("again", exchange(third, "again", 5));
    }
    assertEquals(1, refused("connection_limit"));
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    try (Socket client = connect(start(Map.of("idle_timeout", "100ms")))) {
      assertEquals("hi", exchange(client, "hi", 2));
      assertEquals("", readToEnd(client));
    }
    awaitNoConnections();
  }

  @Test
  void aConnectionIsShownWithItsLiveCounts() throws Exception {
    try (Socket client = connect(start(Map.of("mode", "line")))) {
      exchange(client, "hi\nyou\n", 19);
      await(() -> ports.connections().count() == 1 && onlyRow().stats().bytesOut() == 19);
      SessionRecord row = onlyRow();
      assertEquals("tcp", row.transport());
      assertEquals("n1", row.node());
      assertEquals(ports.membership().self().incarnation(), row.owner());
      assertEquals("127.0.0.1:" + client.getLocalPort(), row.address());
      assertEquals(7, row.stats().bytesIn());
      assertEquals(2, row.stats().messagesIn());
    }
    awaitNoConnections();
  }

  @Test
  void anOperatorCanEndAConnection() throws Exception {
    try (Socket client = connect(start(Map.of()))) {
      assertEquals("hi", exchange(client, "hi", 2));
      assertTrue(ports.connections().end(onlyRow().id(), EndReason.OPERATOR));
      assertEquals("", readToEnd(client));
    }
    awaitNoConnections();
  }

  @Test
  void aResetDisturbsNobody() throws Exception {
    int port = start(Map.of());
    try (Socket other = connect(port)) {
      for (int i = 0; i < 20; i++) {
        Socket rude = connect(port);
        send(rude, "x".repeat(100_000));
        rude.setSoLinger(true, 0);
        rude.close();
      }
      assertEquals("hi", exchange(other, "hi", 2));
      await(() -> ports.connections().count() == 1);
    }
  }

  @Test
  void aTakenPortFailsTheStart() throws Exception {
    int port = start(Map.of());
    try {
      start(Map.of("port", port));
    } catch (ExecutionException expected) {
      assertTrue(expected.getCause() instanceof BindException, expected.toString());
      return;
    }
    fail("two echoes listen on " + port);
  }

  private int start(Map<String, ?> settings) throws Exception {
    Map<String, Object> all = new HashMap<>(Map.of("port", 0));
    all.putAll(settings);
    var verticle = new TcpEchoVerticle(OptionReader.read(TcpEchoOptions.class, all), ports);
    vertx
        .deployVerticle(verticle)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    return verticle.port();
  }

  private double refused(String reason) {
    return ports.meters().get("carillon.tcp.echo.refused").tag("reason", reason).counter().count();
  }

  private SessionRecord onlyRow() {
    List<SessionRecord> rows = ports.connections().records();
    assertEquals(1, rows.size());
    return rows.get(0);
  }

  private long bytesOut() {
    return ports.connections().records().stream().mapToLong(row -> row.stats().bytesOut()).sum();
  }

  private void awaitNoConnections() {
    await(() -> ports.connections().count() == 0);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String exchange(Socket client, String text, int expectedBytes) throws IOException {
    send(client, text);
    return new String(client.getInputStream().readNBytes(expectedBytes), StandardCharsets.UTF_8);
  }

  /** What arrives until the server closes; a reset after the last byte is a close, too. */
  private static String readToEnd(Socket client) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try {
      client.getInputStream().transferTo(bytes);
    } catch (SocketException reset) {
      return bytes.toString(StandardCharsets.UTF_8);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static CompletableFuture<Void> writeInBackground(Socket client, byte[] bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            client.getOutputStream().write(bytes);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  private static void shutdownOutput(Socket client) {
    try {
      client.shutdownOutput();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Writes until the socket has taken nothing for half a second. */
  private static long writeUntilStuck(SocketChannel client, byte[] block) throws IOException {
    long sent = 0;
    long lastTaken = System.nanoTime();
    while (System.nanoTime() - lastTaken < 500_000_000L) {
      int offset = (int) (sent % block.length);
      int taken = client.write(ByteBuffer.wrap(block, offset, block.length - offset));
      if (taken > 0) {
        sent += taken;
        lastTaken = System.nanoTime();
      } else {
        Thread.onSpinWait();
      }
    }
    return sent;
  }

  private static void assertEchoed(SocketChannel client, byte[] block, long bytes)
      throws IOException {
    ByteBuffer received = ByteBuffer.allocate(64 * 1024);
    long at = 0;
    while (at < bytes) {
      received.clear();
      assertTrue(client.read(received) > 0);
      received.flip();
      while (received.hasRemaining()) {
        assertEquals(block[(int) (at % block.length)], received.get(), "byte " + at);
        at++;
      }
    }
    assertEquals(bytes, at);
  }

  /** The value once it has not changed for 300 ms. */
  private static long stable(LongSupplier value) {
    List<Long> seen = new ArrayList<>(List.of(value.getAsLong()));
    long since = System.nanoTime();
    while (System.nanoTime() - since < 300_000_000L) {
      long now = value.getAsLong();
      if (now != seen.get(seen.size() - 1)) {
        seen.add(now);
        since = System.nanoTime();
      }
      Thread.onSpinWait();
    }
    return seen.get(seen.size() - 1);
  }

  private static void await(BooleanSupplier condition) {
    Eventually.eventually(() -> "the condition did not come true", condition);
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(5).nextBytes(bytes);
    return bytes;
  }
}
