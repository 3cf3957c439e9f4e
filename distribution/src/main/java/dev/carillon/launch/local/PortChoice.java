package dev.carillon.launch.local;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Finds ports that are free. A port that nobody set may move to the next free one; a claim in the
 * state directory keeps nodes that start together from choosing the same.
 */
public final class PortChoice {
  /** How far a port may move. */
  static final int FURTHER = 100;

  /**
   * Where a port is taken from that may be any: below the range from which the system takes ports
   * for outgoing connections, so that none of those gets it before it is opened.
   */
  private static final int ANY_FROM = 20_000;

  private static final int ANY_TO = 32_000;

  private final StateDirectory state;

  public PortChoice(StateDirectory state) {
    this.state = state;
  }

  /**
   * The listener with a port that is free now.
   *
   * @throws LaunchException if the set port is taken, or if none of the next hundred is free
   */
  public Listener choose(Listener wanted) {
    if (wanted.port() == 0) {
      return any(wanted);
    }
    return take(wanted) ? wanted : moveOn(wanted, wanted.port());
  }

  /**
   * The listener with the next port that is free now, for one whose port is taken.
   *
   * @param wanted the port that it was to have at first, from which it moves no further than the
   *     next hundred
   * @throws LaunchException if the port was set, or if none of these is free
   */
  public Listener moveOn(Listener listener, int wanted) {
    if (listener.fixed()) {
      throw taken(listener);
    }
    int last = Math.min(wanted + FURTHER, 65_535);
    return IntStream.rangeClosed(listener.port() + 1, last)
        .mapToObj(listener::at)
        .filter(this::take)
        .findFirst()
        .orElseThrow(() -> taken(listener.at(wanted)));
  }

  private Listener any(Listener wanted) {
    return ThreadLocalRandom.current()
        .ints(1000, ANY_FROM, ANY_TO)
        .mapToObj(wanted::anywhere)
        .filter(this::take)
        .findFirst()
        .orElseThrow(() -> taken(wanted));
  }

  private boolean take(Listener listener) {
    return isFree(listener)
        && state.claim("port-" + listener.transport() + "-" + listener.port()).isPresent();
  }

  /** Whether the port could be opened now. */
  public boolean isFree(Listener listener) {
    var address = new InetSocketAddress(listener.address(), listener.port());
    if (address.isUnresolved()) {
      throw notOfThisMachine(listener);
    }
    try {
      if (listener.transport() == Listener.Transport.UDP) {
        new DatagramSocket(address).close();
      } else {
        probe(address);
      }
      return true;
    } catch (IOException taken) {
      checkAddress(listener, address);
      return false;
    }
  }

  /** Whether any port could be opened there. */
  private static void checkAddress(Listener listener, InetSocketAddress address) {
    try {
      probe(new InetSocketAddress(address.getAddress(), 0));
    } catch (IOException foreign) {
      throw notOfThisMachine(listener);
    }
  }

  private static LaunchException notOfThisMachine(Listener listener) {
    return new LaunchException(
        listener.key() + " at " + listener.address() + " (expected: an address of this machine)");
  }

  /** A port in which only closed connections linger is free, as it is for the server later. */
  private static void probe(InetSocketAddress address) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address, 1);
    }
  }

  private static LaunchException taken(Listener listener) {
    var holder = PortHolder.of(listener.transport(), listener.port());
    var range = listener.fixed() ? "a free port" : "a free port, this or the next " + FURTHER;
    return new LaunchException(
        listener.key()
            + " = "
            + listener.port()
            + " is taken"
            + by(holder)
            + " (expected: "
            + range
            + ")");
  }

  private static String by(Optional<PortHolder> holder) {
    return holder.map(process -> " by " + process).orElse("");
  }
}
