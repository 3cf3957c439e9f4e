package dev.carillon.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for what listens on loopback. They lie below the range from which the kernel takes the
 * ports of outgoing connections. Above, such a connection may get one before it is opened; and
 * whoever binds to any port and connects, again and again, to one that was closed, as Hazelcast
 * does after a death, is connected with itself in the end (RFC 9293, section 3.5: both sides open
 * at once), and takes the dead member for alive.
 */
public final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  /** Counts up, so that no two tests of a process get the same. */
  private static final AtomicInteger LAST =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePorts() {}

  /** A port that is free for TCP and UDP now. */
  public static int next() {
    int port;
    do {
      port = FIRST + Math.floorMod(LAST.incrementAndGet(), COUNT);
    } while (!isFree(port));
    return port;
  }

  private static boolean isFree(int port) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (var tcp = new ServerSocket();
        var udp = new DatagramSocket(address)) {
      tcp.bind(address);
      return udp.isBound() && tcp.isBound();
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("no port can be opened on loopback", e);
    }
  }
}
