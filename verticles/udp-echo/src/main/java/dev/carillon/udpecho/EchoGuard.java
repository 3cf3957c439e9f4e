package dev.carillon.udpecho;

import dev.carillon.limit.Source;
import dev.carillon.limit.TokenBuckets;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which datagrams are answered. The source of a datagram is what its sender wrote there, so
 * every answer may go to somebody who never asked: it must never be more than what came in, never
 * reach several hosts, never start a conversation between two servers, and be bounded for each
 * source. Pure, confined to one event loop.
 */
final class EchoGuard {

  /** IP and UDP headers: small datagrams cost the network more than their bytes. */
  private static final int HEADER_BYTES = 28;

  /** Services of inetd that answer whatever they receive: echo, daytime, qotd, chargen, time. */
  private static final Set<Integer> CHATTY_PORTS = Set.of(7, 13, 17, 19, 37);

  private final Set<InetAddress> broadcasts;
  private final int ownPort;
  private final TokenBuckets<Source> datagrams;
  private final TokenBuckets<Source> bytes;

  /**
   * @param broadcasts the broadcast addresses of this host's networks
   * @param ownPort the port that this echo listens on; its siblings listen on the same one
   */
  EchoGuard(UdpEchoOptions options, Set<InetAddress> broadcasts, int ownPort) {
    this.broadcasts = Set.copyOf(broadcasts);
    this.ownPort = ownPort;
    this.datagrams =
        new TokenBuckets<>(options.sourceRate(), options.sourceBurst(), options.sourcesMax());
    this.bytes =
        new TokenBuckets<>(
            options.sourceBytesPerSecond(), options.sourceBurstBytes(), options.sourcesMax());
  }

  /**
   * Why a datagram of this size from this source gets no answer; null: it gets one.
   *
   * @param now nanoseconds of a monotonic clock
   */
  @Nullable Drop drop(InetSocketAddress source, int length, long now) {
    InetAddress address = source.getAddress();
    if (source.getPort() == 0) {
      return Drop.PORT_ZERO;
    }
    if (!isUnicast(address)) {
      return Drop.NOT_UNICAST;
    }
    if (source.getPort() == ownPort || CHATTY_PORTS.contains(source.getPort())) {
      return Drop.ECHO_LOOP;
    }
    if (length == 0) {
      return Drop.EMPTY;
    }
    Source key = Source.of(address);
    boolean isWithinRate =
        datagrams.take(key, 1, now) && bytes.take(key, (double) HEADER_BYTES + length, now);
    return isWithinRate ? null : Drop.RATE;
  }

  private boolean isUnicast(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isMulticastAddress()
        && !isLimitedBroadcast(address)
        && !broadcasts.contains(address);
  }

  /** 255.255.255.255 (RFC 919), and the reserved block 240.0.0.0/4 (RFC 1112) that it is in. */
  private static boolean isLimitedBroadcast(InetAddress address) {
    return !(address instanceof Inet6Address) && (address.getAddress()[0] & 0xF0) == 0xF0;
  }
}
