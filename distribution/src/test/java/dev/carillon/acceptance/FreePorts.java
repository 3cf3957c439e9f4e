package dev.carillon.acceptance;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for processes that have to be told theirs. They lie below the range from which the kernel
 * takes the ports of outgoing connections, so that none of those takes one in the meantime.
 */
final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;

  private FreePorts() {}

  /** A port that is free for TCP and UDP on loopback now, and most likely a moment later. */
  static int next() {
    for (; ; ) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, port))) {
      tcp.bind(new InetSocketAddress(loopback, port));
      return udp.isBound() && tcp.isBound();
    } catch (SocketException taken) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("no port can be opened on loopback", e);
    }
  }
}
