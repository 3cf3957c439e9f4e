package dev.carillon.launch.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.launch.local.Listener.Transport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortChoiceTest {
  @TempDir private Path directory;

  @TempDir private Path elsewhere;

  private PortChoice choice() {
    return new PortChoice(StateDirectory.open(directory));
  }

  private static Listener wanted(Transport transport, int port, boolean fixed) {
    return new Listener("echo", "echo.port", transport, "127.0.0.1", port, fixed);
  }

  private static ServerSocket taken() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }

  /** One that the system gives to nobody by itself, as it does with those of sockets. */
  private int free() {
    return new PortChoice(StateDirectory.open(elsewhere))
        .choose(wanted(Transport.TCP, 0, true))
        .port();
  }

  @Test
  void aFreePortIsKept() {
    int port = free();
    assertEquals(port, choice().choose(wanted(Transport.TCP, port, true)).port());
  }

  @Test
  void aTakenPortThatNobodySetMovesOn() throws IOException {
    try (var socket = taken()) {
      int port = socket.getLocalPort();
      int chosen = choice().choose(wanted(Transport.TCP, port, false)).port();
      assertTrue(chosen > port && chosen <= port + PortChoice.FURTHER, chosen + " after " + port);
    }
  }

  @Test
  void aTakenPortThatWasSetIsRefusedWithItsHolder() throws IOException {
    try (var socket = taken()) {
      int port = socket.getLocalPort();
      var choice = choice();
      var refused =
          assertThrows(
              LaunchException.class, () -> choice.choose(wanted(Transport.TCP, port, true)));
      var line = String.valueOf(refused.getMessage());
      assertTrue(line.startsWith("echo.port = " + port + " is taken by process "), line);
      assertTrue(line.contains("process " + ProcessHandle.current().pid() + " ("), line);
    }
  }

  @Test
  void portsOfUdpAreTheirOwn() throws IOException {
    int port = free();
    try (var socket = new DatagramSocket(port, InetAddress.getByName("127.0.0.1"))) {
      assertEquals(port, socket.getLocalPort());
      assertNotEquals(port, choice().choose(wanted(Transport.UDP, port, false)).port());
      assertEquals(port, choice().choose(wanted(Transport.TCP, port, true)).port());
    }
  }

  @Test
  void twoThatStartTogetherGetDifferentPorts() throws IOException {
    int port;
    try (var socket = taken()) {
      port = socket.getLocalPort();
    }
    int first = choice().choose(wanted(Transport.TCP, port, false)).port();
    int second = choice().choose(wanted(Transport.TCP, port, false)).port();
    assertNotEquals(first, second);
  }

  @Test
  void portZeroBecomesOneThatIsKnown() {
    int port = choice().choose(wanted(Transport.TCP, 0, true)).port();
    assertTrue(port >= 20_000 && port < 32_000, () -> "port " + port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no.such.host.", "192.0.2.1"})
  void anAddressThatIsNoneOfThisMachineIsNamed(String address) {
    var choice = choice();
    var listener = new Listener("echo", "echo.port", Transport.TCP, address, 1, false);
    var refused = assertThrows(LaunchException.class, () -> choice.choose(listener));
    assertEquals(
        "echo.port at " + address + " (expected: an address of this machine)",
        refused.getMessage());
  }
}
