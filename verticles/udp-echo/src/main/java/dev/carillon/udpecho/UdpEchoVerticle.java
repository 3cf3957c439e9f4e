package dev.carillon.udpecho;

import dev.carillon.port.Ports;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, asks the {@link EchoGuard}, answers, and counts what was dropped. */
public final class UdpEchoVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(UdpEchoVerticle.class);

  private final UdpEchoOptions options;
  private final Counter received;
  private final Counter answered;
  private final Map<Drop, Counter> dropped = new EnumMap<>(Drop.class);

  // Confined to the event loop of this verticle.
  private @Nullable DatagramSocket socket;
  private @Nullable EchoGuard guard;
  private long queuedBytes;

  public UdpEchoVerticle(UdpEchoOptions options, Ports ports) {
    this.options = options;
    MeterRegistry meters = ports.meters();
    this.received = counter("received", "Datagrams that arrived", meters);
    this.answered = counter("answered", "Datagrams that were sent back", meters);
    for (Drop drop : Drop.values()) {
      dropped.put(drop, droppedCounter(drop, meters));
    }
  }

  @Override
  public Future<?> start() {
    DatagramSocket created = vertx.createDatagramSocket(socketOptions());
    socket = created;
    return vertx
        .executeBlocking(UdpEchoVerticle::broadcastAddresses)
        .compose(broadcasts -> listen(created, broadcasts));
  }

  @Override
  public Future<?> stop() {
    return socket == null ? Future.succeededFuture() : socket.close();
  }

  /** The port that is listened on, once started. */
  public int port() {
    return socket == null ? options.port() : socket.localAddress().port();
  }

  private Future<DatagramSocket> listen(DatagramSocket created, Set<InetAddress> broadcasts) {
    created.handler(packet -> received(created, packet));
    created.exceptionHandler(failure -> LOG.debug("udp-echo: {}", failure.toString()));
    return created
        .listen(options.port(), options.bind())
        .onSuccess(open -> guard = new EchoGuard(options, broadcasts, port()));
  }

  private DatagramSocketOptions socketOptions() {
    return new DatagramSocketOptions()
        .setReceiveBufferSize(options.receiveBufferBytes())
        .setIpV6(options.bind().contains(":"));
  }

  private void received(DatagramSocket from, DatagramPacket packet) {
    received.increment();
    EchoGuard judge = guard;
    if (judge == null) {
      return;
    }
    Buffer data = packet.data();
    Drop drop = judge.drop(source(packet.sender()), data.length(), System.nanoTime());
    if (drop == null && queuedBytes + data.length() > options.sendQueueMaxBytes()) {
      drop = Drop.QUEUE_FULL;
    }
    if (drop == null) {
      answer(from, packet.sender(), data);
    } else {
      count(drop);
    }
  }

  private void answer(DatagramSocket from, SocketAddress to, Buffer data) {
    queuedBytes += data.length();
    from.send(data, to.port(), to.hostAddress())
        .onSuccess(sent -> answered.increment())
        .onFailure(refused -> count(Drop.SEND_FAILED))
        .onComplete(done -> queuedBytes -= data.length());
  }

  private void count(Drop drop) {
    Counter counter = dropped.get(drop);
    if (counter != null) {
      counter.increment();
    }
  }

  /** The address is a literal, so nothing is looked up. */
  private static InetSocketAddress source(SocketAddress sender) {
    try {
      return new InetSocketAddress(InetAddress.getByName(sender.hostAddress()), sender.port());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(sender + " (expected: an IP address)", impossible);
    }
  }

  private static Set<InetAddress> broadcastAddresses() throws SocketException {
    Set<InetAddress> found = new HashSet<>();
    NetworkInterface.networkInterfaces()
        .flatMap(network -> network.getInterfaceAddresses().stream())
        .map(InterfaceAddress::getBroadcast)
        .forEach(
            broadcast -> {
              if (broadcast != null) {
                found.add(broadcast);
              }
            });
    return found;
  }

  private static Counter counter(String name, String description, MeterRegistry meters) {
    return Counter.builder("carillon.udp.echo." + name).description(description).register(meters);
  }

  private static Counter droppedCounter(Drop drop, MeterRegistry meters) {
    return Counter.builder("carillon.udp.echo.dropped")
        .description("Datagrams that got no answer, by reason")
        .tag("reason", drop.tag())
        .register(meters);
  }
}
