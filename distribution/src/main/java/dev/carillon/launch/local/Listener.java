package dev.carillon.launch.local;

/**
 * A port that this node is going to open.
 *
 * @param name in the node's file, for example {@code tcp_echo}
 * @param key the option, for example {@code tcp_echo.port}
 * @param transport what is opened there
 * @param address what it binds to
 * @param port the wanted port; 0: any
 * @param fixed whether somebody set it, so that no other one may be chosen
 */
public record Listener(
    String name, String key, Transport transport, String address, int port, boolean fixed) {

  /** Ports of the two are different ports. */
  public enum Transport {
    TCP,
    UDP
  }

  /** The same at another port. */
  public Listener at(int chosen) {
    return new Listener(name, key, transport, address, chosen, fixed);
  }

  /** The same at a port that was taken at random, so that any other one would do as well. */
  Listener anywhere(int chosen) {
    return new Listener(name, key, transport, address, chosen, false);
  }
}
