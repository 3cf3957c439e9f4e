package dev.carillon.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Finds the port that a cluster socket will bind to. It is asked for before Hazelcast or Vert.x
 * binds, because both report a taken port with pages of log.
 */
final class FreePort {

  /** How many ports after a taken one are tried. */
  static final int FURTHER = 100;

  private FreePort() {}

  /**
   * The first free port at or after the given one; 0 stays 0.
   *
   * @param key the option, for the message
   * @param moves whether another port than the given one will do
   * @throws StartException when there is none, or the address is not of this machine
   */
  static int at(String key, String bind, int port, boolean moves) {
    if (port == 0) {
      return 0;
    }
    InetAddress address = resolve(bind);
    int last = moves ? Math.min(65_535, port + FURTHER) : port;
    for (int candidate = port; candidate <= last; candidate++) {
      if (isFree(address, candidate)) {
        return candidate;
      }
    }
    var expected = moves ? "a free port, this or the next " + FURTHER : "a free port";
    throw new StartException(
        StartException.Reason.PORT_TAKEN,
        key,
        key + " = " + port + " (expected: " + expected + ")");
  }

  private static boolean isFree(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException taken) {
      checkLocal(address);
      return false;
    }
  }

  private static void checkLocal(InetAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, 0));
    } catch (IOException foreign) {
      throw badAddress(address.getHostAddress());
    }
  }

  private static InetAddress resolve(String bind) {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException unknown) {
      throw badAddress(bind);
    }
  }

  private static StartException badAddress(String bind) {
    return new StartException(
        StartException.Reason.BAD_ADDRESS,
        "cluster.bind",
        "cluster.bind = " + bind + " (expected: an address of this machine)");
  }
}
