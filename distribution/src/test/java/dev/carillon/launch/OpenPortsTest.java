package dev.carillon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.Setting;
import dev.carillon.launch.local.LaunchException;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.Sources;
import dev.carillon.tcpecho.TcpEchoOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenPortsTest {
  /** As in a node, because its exceptions differ from those of the JDK. */
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private Place place(Map<String, String> more) {
    var settings = new LinkedHashMap<String, Setting>();
    Listeners.KEYS.forEach(key -> settings.put(key, new Setting("0", "test")));
    settings.put("state_dir", new Setting(directory.toString(), "test"));
    settings.put("node.verticles", new Setting("tcp-echo", "test"));
    more.forEach((key, value) -> settings.put(key, new Setting(value, "test")));
    return Place.take(Configuration.load(Sources.only(settings)));
  }

  private static int echoPort(Place place) {
    return place.configuration().options(TcpEchoOptions.class).port();
  }

  private static ServerSocket open(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
  }

  private Future<Void> listen(OpenPorts ports, List<Integer> tried) {
    int port = echoPort(ports.place());
    tried.add(port);
    return vertx
        .createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(port))
        .connectHandler(socket -> {})
        .listen()
        .mapEmpty();
  }

  @Test
  void aPortThatWasTakenSinceItWasChosenMovesOn() throws IOException {
    var ports = new OpenPorts(vertx, place(Map.of()));
    int chosen = echoPort(ports.place());
    var tried = new ArrayList<Integer>();
    try (var faster = open(chosen)) {
      assertTrue(faster.isBound());

      ports.open(() -> listen(ports, tried), "tcp_echo").await();
    }

    int opened = echoPort(ports.place());
    assertEquals(List.of(chosen, opened), tried);
    assertNotEquals(chosen, opened);
    assertEquals(opened, ports.place().listeners().ports().get("tcp_echo"));
    assertEquals(chosen, ports.place().listeners().moved().get("tcp_echo"), "told in the banner");
  }

  @Test
  void onlyTheListenerWhosePortIsTakenMoves() throws IOException {
    var ports = new OpenPorts(vertx, place(Map.of()));
    var before = ports.place().listeners().ports();
    var tried = new ArrayList<Integer>();
    try (var faster = open(echoPort(ports.place()))) {
      assertTrue(faster.isBound());

      ports.open(() -> listen(ports, tried), "management", "tcp_echo").await();
    }

    var after = ports.place().listeners().ports();
    assertEquals(before.get("management"), after.get("management"));
    assertNotEquals(before.get("tcp_echo"), after.get("tcp_echo"));
  }

  @Test
  void aPortThatWasSetAndWasTakenSinceIsRefusedWithItsHolder() throws IOException {
    int port;
    try (var free = open(0)) {
      port = free.getLocalPort();
    }
    var ports = new OpenPorts(vertx, place(Map.of("tcp_echo.port", Integer.toString(port))));
    try (var faster = open(port)) {
      assertTrue(faster.isBound());
      var tried = new ArrayList<Integer>();

      var opening = ports.open(() -> listen(ports, tried), "tcp_echo");

      var refused = assertThrows(LaunchException.class, opening::await);
      var line = String.valueOf(refused.getMessage());
      assertTrue(line.startsWith("tcp_echo.port = " + port + " is taken by process "), line);
      assertEquals(List.of(port), tried);
    }
  }

  @Test
  void whatCanNeverBeOpenedEndsTheStart() {
    var ports = new OpenPorts(vertx, place(Map.of()));

    var opening = ports.open(() -> Future.failedFuture(new IOException("no way")), "tcp_echo");

    var refused = assertThrows(LaunchException.class, opening::await);
    assertEquals("tcp_echo: no way (expected: ports that can be opened)", refused.getMessage());
  }

  @Test
  void whatFailsForAnotherReasonIsNotTriedAgain() {
    var ports = new OpenPorts(vertx, place(Map.of()));
    var tried = new ArrayList<Integer>();

    var opening =
        ports.open(
            () -> {
              tried.add(echoPort(ports.place()));
              return Future.failedFuture(new IllegalStateException("broken"));
            },
            "tcp_echo");

    assertThrows(IllegalStateException.class, opening::await);
    assertEquals(1, tried.size());
  }
}
