package dev.carillon.cluster.links;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelDelivery;
import dev.carillon.channel.ChannelDeliveryCodec;
import dev.carillon.link.InterestAsk;
import dev.carillon.link.InterestNews;
import dev.carillon.link.LinkAck;
import dev.carillon.link.LinkFrame;
import dev.carillon.link.LinkPing;
import dev.carillon.link.Slots;
import dev.carillon.port.SteadyTime;
import dev.carillon.stream.LinkReceiver;
import dev.carillon.stream.LinkReceiver.Received;
import dev.carillon.stream.LinkSender;
import dev.carillon.wire.Incarnation;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links to all other nodes: frames, acknowledgements, pings, silence. */
final class LinkLoop {

  private static final Logger LOG = LoggerFactory.getLogger(LinkLoop.class);

  /** Until a new peer has answered once, so that its link is open soon after its consumers are. */
  private static final long OPENING_MILLIS = 50;

  private final Vertx vertx;
  private final LinkOptions options;
  private final BiConsumer<Incarnation, Object> send;

  // All below is owned by the event loop of the links.
  private final Map<Incarnation, Peer> peers = new HashMap<>();
  private Incarnation self;
  private final Hearing hearing;
  private final InterestLoop interest;
  private final Arrivals arrivals = new Arrivals();
  private final LinkMeters counts = new LinkMeters();
  private volatile long bytes;
  private long lives;

  /**
   * @param send puts a body on the data address of a node
   * @param heard told when a node falls silent (false) and when it is heard again
   */
  LinkLoop(
      Vertx vertx,
      Incarnation self,
      LinkOptions options,
      BiConsumer<Incarnation, Object> send,
      BiConsumer<Incarnation, Boolean> heard) {
    this.vertx = vertx;
    this.self = self;
    this.options = options;
    this.send = send;
    this.hearing = new Hearing(peers, options.silenceTimeout().toMillis(), heard);
    this.interest = new InterestLoop(vertx, self, options, peers, send);
  }

  /** Which of the other nodes are heard. */
  Hearing hearing() {
    return hearing;
  }

  /** What this node wants of the others. */
  InterestLoop interest() {
    return interest;
  }

  void receive(Consumer<List<ChannelDelivery>> taker, Runnable onResync) {
    arrivals.receive(taker, onResync);
  }

  /** This node is another incarnation from now on, and has no links yet. */
  void renew(Incarnation incarnation) {
    self = incarnation;
    peers.clear();
    interest.renew(incarnation);
  }

  /** Keeps links to these nodes and to no others. */
  void connect(Collection<Incarnation> nodes) {
    peers.keySet().removeIf(known -> !nodes.contains(known));
    for (Incarnation node : nodes) {
      if (!node.equals(self) && !peers.containsKey(node)) {
        LinkSender sender = new LinkSender(self, ++lives, options.limits());
        Peer peer =
            new Peer(
                node, sender, new LinkReceiver(self), interest.receiver(), SteadyTime.millis());
        peers.put(node, peer);
        open(peer);
      }
    }
  }

  /** Sends to every other node that may want it. */
  void publish(List<ChannelDelivery> some) {
    if (peers.isEmpty()) {
      return;
    }
    long now = SteadyTime.millis();
    some.forEach(delivery -> publish(delivery, now));
    peers.values().forEach(this::pump);
  }

  private void publish(ChannelDelivery delivery, long now) {
    int slot = Slots.of(delivery.channel());
    Bytes encoded = null;
    for (Peer peer : peers.values()) {
      if (!peer.interest.wants(slot, now)) {
        counts.spared.increment();
        continue;
      }
      encoded = encoded == null ? ChannelDeliveryCodec.encode(delivery) : encoded;
      Bytes bytes = encoded;
      watched(peer, () -> peer.sender.offer(bytes));
      counts.sent.increment();
    }
  }

  /** Deliveries were dropped before they got here. */
  void lose() {
    peers.values().forEach(peer -> peer.sender.lose());
    peers.values().forEach(this::pump);
  }

  /** Something came on the data address. */
  void data(Object body) {
    if (body instanceof LinkFrame frame) {
      withPeer(frame.from(), peer -> frame(peer, frame));
    } else if (body instanceof LinkAck ack) {
      withPeer(ack.from(), peer -> acked(peer, ack));
    } else if (body instanceof LinkPing ping) {
      withPeer(ping.from(), peer -> ping(peer, ping));
    } else if (body instanceof InterestAsk ask) {
      withPeer(ask.from(), peer -> interest.asked(peer, ask));
    } else if (body instanceof InterestNews news) {
      withPeer(news.from(), peer -> interest.told(peer, news));
    }
  }

  /** Anything came from this node, on whatever address. */
  void heard(Incarnation node) {
    withPeer(node, peer -> {});
  }

  /** To be called at every ping interval. */
  void tick() {
    bytes = bytes();
    for (Peer peer : List.copyOf(peers.values())) {
      watched(peer, () -> peer.sender.tick(SteadyTime.millis()));
      ping(peer);
      pump(peer);
      hearing.look(peer);
    }
  }

  Collection<Incarnation> peers() {
    return List.copyOf(peers.keySet());
  }

  /** The nodes that have not answered yet, or do not know yet what this one wants. */
  Collection<Incarnation> unopened() {
    return peers.values().stream().filter(peer -> !isOpen(peer)).map(peer -> peer.node).toList();
  }

  /** Whether every node that is heard has everything. */
  boolean isIdle() {
    return peers.values().stream().allMatch(peer -> peer.silent || peer.sender.isIdle());
  }

  /** Bytes that all links hold or have under way. */
  long bytes() {
    return peers.values().stream().mapToLong(peer -> peer.sender.bytes()).sum();
  }

  /** Measured at every tick, so that reading it needs no event loop. */
  void register(MeterRegistry meters) {
    Gauge.builder("carillon.link.bytes", this, loop -> loop.bytes)
        .description("Bytes for other nodes that wait or are not acknowledged")
        .register(meters);
    counts.register(meters);
    interest.register(meters);
  }

  /** Says once when a peer begins to lag. */
  private void watched(Peer peer, Runnable step) {
    boolean before = peer.sender.isLagging();
    step.run();
    if (!before && peer.sender.isLagging()) {
      counts.lags.increment();
      LOG.warn("node {} does not keep up: dropped its queue, it will resync", peer.node);
    }
  }

  private void open(Peer peer) {
    if (peers.get(peer.node) != peer || isOpen(peer)) {
      return;
    }
    ping(peer);
    interest.renew(peer);
    vertx.setTimer(OPENING_MILLIS, again -> open(peer));
  }

  private boolean isOpen(Peer peer) {
    return peer.sender.isOpen() && interest.isExchanged(peer);
  }

  private void withPeer(Incarnation node, Consumer<Peer> action) {
    Peer peer = peers.get(node);
    if (peer == null) {
      // Not in the membership yet, or no more: what is lost by that is noticed by its sequence.
      return;
    }
    hearing.hear(peer);
    action.accept(peer);
  }

  private void frame(Peer peer, LinkFrame frame) {
    received(peer, peer.receiver.frame(frame));
    if (peer.receiver.unackedBytes() >= options.ackBytes()) {
      ack(peer);
    } else if (!peer.ackRuns) {
      peer.ackRuns = true;
      vertx.setTimer(options.ackDelay().toMillis(), fired -> ackLate(peer));
    }
  }

  private void ackLate(Peer peer) {
    peer.ackRuns = false;
    if (peer.receiver.hasUnacked()) {
      ack(peer);
    }
  }

  private void ping(Peer peer, LinkPing ping) {
    received(peer, peer.receiver.ping(ping));
    ack(peer);
  }

  private void received(Peer peer, Received received) {
    if (arrivals.take(peer.node, received)) {
      counts.resyncs.increment();
      interest.forget(peer);
    }
  }

  private void acked(Peer peer, LinkAck ack) {
    peer.sender.acked(ack);
    pump(peer);
  }

  private void ping(Peer peer) {
    send.accept(peer.node, peer.sender.ping());
  }

  private void ack(Peer peer) {
    send.accept(peer.node, peer.receiver.ack());
  }

  private void pump(Peer peer) {
    @Nullable LinkFrame frame = peer.sender.next(SteadyTime.millis());
    while (frame != null) {
      send.accept(peer.node, frame);
      frame = peer.sender.next(SteadyTime.millis());
    }
  }
}
