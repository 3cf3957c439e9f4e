package dev.carillon.udpecho;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.Eventually;
import dev.carillon.broker.MemoryPorts;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Ports;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class UdpEchoVerticleTest {

  private final Vertx vertx = Vertx.vertx();
  private final Ports ports =
      MemoryPorts.create(vertx).toCompletionStage().toCompletableFuture().join();
  private final InetAddress loopback = InetAddress.getLoopbackAddress();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_472, 2_049, 9_000, 65_507})
  void aDatagramOfAnySizeComesBackWhole(int size) throws Exception {
    int port = start(Map.of());
    byte[] sent = new byte[size];
    new Random(size).nextBytes(sent);
    try (DatagramSocket client = client()) {
      assertArrayEquals(sent, exchange(client, port, sent));
    }
  }

  @Test
  void aDatagramWithoutBytesIsCounted() throws Exception {
    int port = start(Map.of());
    try (DatagramSocket client = client()) {
      send(client, port, new byte[0]);
      await(() -> dropped("empty") == 1);
    }
  }

  @Test
  void aSourceOverItsRateGetsNoAnswerAndItsDropsAreCounted() throws Exception {
    int port = start(Map.of("source_rate", 1, "source_burst", 10));
    try (DatagramSocket client = client()) {
      for (int i = 0; i < 50; i++) {
        send(client, port, new byte[] {(byte) i});
      }
      await(() -> count("answered") + dropped("rate") == 50);
      assertTrue(dropped("rate") >= 30, dropped("rate") + " of 50 were over the rate");
      client.setSoTimeout(2_000);
      assertEquals(0, receive(client)[0]);
    }
  }

  @Test
  void twoEchoesDoNotTalkToEachOtherForEver() throws Exception {
    int port = start(Map.of());
    try (DatagramSocket sibling = new DatagramSocket(port, InetAddress.getByName("127.0.0.2"))) {
      send(sibling, port, new byte[] {1});
      await(() -> dropped("echo_loop") == 1);
    }
  }

  @Test
  void itAnswersOverIpv6() throws Exception {
    int port = start(Map.of("bind", "::1"));
    InetAddress six = InetAddress.getByName("::1");
    try (DatagramSocket client = new DatagramSocket(0, six)) {
      client.setSoTimeout(10_000);
      client.send(new DatagramPacket(new byte[] {7}, 1, six, port));
      assertArrayEquals(new byte[] {7}, receive(client));
    }
  }

  private int start(Map<String, ?> settings) throws Exception {
    Map<String, Object> all = new HashMap<>(Map.of("port", 0));
    all.putAll(settings);
    var verticle = new UdpEchoVerticle(OptionReader.read(UdpEchoOptions.class, all), ports);
    vertx
        .deployVerticle(verticle)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    return verticle.port();
  }

  private DatagramSocket client() throws IOException {
    DatagramSocket client = new DatagramSocket(0, loopback);
    client.setSoTimeout(500);
    return client;
  }

  /** Sends again when nothing came back: UDP may lose datagrams, on a busy machine it does. */
  private byte[] exchange(DatagramSocket client, int port, byte[] bytes) throws IOException {
    for (int attempt = 0; attempt < 20; attempt++) {
      send(client, port, bytes);
      try {
        return receive(client);
      } catch (SocketTimeoutException lost) {
        assertTrue(attempt < 19, "no answer to 20 datagrams");
      }
    }
    throw new AssertionError("unreachable");
  }

  private void send(DatagramSocket client, int port, byte[] bytes) throws IOException {
    client.send(new DatagramPacket(bytes, bytes.length, loopback, port));
  }

  private static byte[] receive(DatagramSocket client) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    client.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private double dropped(String reason) {
    return ports.meters().get("carillon.udp.echo.dropped").tag("reason", reason).counter().count();
  }

  private double count(String counter) {
    return ports.meters().get("carillon.udp.echo." + counter).counter().count();
  }

  private static void await(BooleanSupplier condition) {
    Eventually.eventually(() -> "the condition did not come true", condition);
  }
}
