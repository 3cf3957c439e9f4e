package dev.carillon.cluster.links;

import dev.carillon.link.InterestAsk;
import dev.carillon.link.InterestNews;
import dev.carillon.link.Slots;
import dev.carillon.port.SteadyTime;
import dev.carillon.stream.InterestReceiver;
import dev.carillon.stream.InterestSender;
import dev.carillon.wire.Incarnation;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What this node wants of the others, and they of it: asks, tells, and lets those wait who follow a
 * channel until nobody overlooks it.
 */
final class InterestLoop {

  /** How often it is looked whether a lease has ended, while somebody waits for that. */
  private static final long LOOK_MILLIS = 20;

  private final Vertx vertx;
  private final long leaseMillis;
  private final Map<Incarnation, Peer> peers;
  private final BiConsumer<Incarnation, Object> send;

  // All below is owned by the event loop of the links.
  private final InterestSender own;
  private Incarnation self;
  private final NavigableMap<Long, List<Promise<Void>>> waiting = new TreeMap<>();
  private long asks;
  private boolean telling;
  private boolean looking;
  private volatile int slots;

  /**
   * @param peers all other nodes, as the links know them
   * @param send puts a body on the data address of a node
   */
  InterestLoop(
      Vertx vertx,
      Incarnation self,
      LinkOptions options,
      Map<Incarnation, Peer> peers,
      BiConsumer<Incarnation, Object> send) {
    this.vertx = vertx;
    this.self = self;
    this.leaseMillis = options.interestLease().toMillis();
    this.peers = peers;
    this.send = send;
    this.own = new InterestSender(self, leaseMillis);
  }

  /** This node is another incarnation from now on, which nobody knows anything of. */
  void renew(Incarnation incarnation) {
    self = incarnation;
    own.renew(incarnation);
    settle();
  }

  InterestReceiver receiver() {
    return new InterestReceiver(self, leaseMillis);
  }

  Future<Void> follow(String channel) {
    int slot = Slots.of(channel);
    own.map().add(slot);
    changed();
    long now = SteadyTime.millis();
    long settled = own.settledAt(slot, now);
    if (settled <= own.floor(now)) {
      return Future.succeededFuture();
    }
    // A Promise, because it is completed by what other nodes answer to something else.
    Promise<Void> known = Promise.promise();
    waiting.computeIfAbsent(settled, fresh -> new ArrayList<>()).add(known);
    look();
    return known.future();
  }

  void unfollow(String channel) {
    own.map().remove(Slots.of(channel));
    changed();
  }

  /** The other node says what it knows. */
  void asked(Peer peer, InterestAsk ask) {
    InterestNews answer = own.asked(ask, SteadyTime.millis());
    if (answer != null) {
      send.accept(peer.node, answer);
    }
    settle();
  }

  /** The other node says what it wants. */
  void told(Peer peer, InterestNews news) {
    if (peer.interest.take(news)) {
      send.accept(peer.node, peer.interest.acknowledgement(++asks));
    }
  }

  /** Asks a node, so that what it wants may be relied on from now on. */
  void renew(Peer peer) {
    send.accept(peer.node, peer.interest.renewal(++asks, SteadyTime.millis()));
  }

  /** To be called at a third of the lease. */
  void renew() {
    own.retain(peers.keySet(), SteadyTime.millis());
    for (Peer peer : List.copyOf(peers.values())) {
      if (!peer.silent) {
        renew(peer);
      }
    }
  }

  /** Something from this node was lost: what it wants is asked for anew, and is everything now. */
  void forget(Peer peer) {
    peer.interest.forget(asks + 1);
    renew(peer);
  }

  /** Whether both know what the other one wants. */
  boolean isExchanged(Peer peer) {
    return peer.interest.isKnown() && own.isKnownTo(peer.node);
  }

  void register(MeterRegistry meters) {
    Gauge.builder("carillon.interest.slots", this, loop -> loop.slots)
        .description("Slots of channels that this node wants publications of; 262,144 are all")
        .register(meters);
  }

  /** What changes in one turn is told in one message for each node. */
  private void changed() {
    slots = own.map().taken();
    if (!telling) {
      telling = true;
      vertx.runOnContext(go -> tell());
    }
  }

  private void tell() {
    telling = false;
    for (Peer peer : peers.values()) {
      InterestNews news = own.news(peer.node);
      if (news != null) {
        send.accept(peer.node, news);
      }
    }
  }

  private void settle() {
    if (waiting.isEmpty()) {
      return;
    }
    var settled = waiting.headMap(own.floor(SteadyTime.millis()), true);
    List<Promise<Void>> ready = new ArrayList<>();
    settled.values().forEach(ready::addAll);
    settled.clear();
    ready.forEach(Promise::complete);
  }

  private void look() {
    if (!looking && !waiting.isEmpty()) {
      looking = true;
      vertx.setTimer(
          LOOK_MILLIS,
          fired -> {
            looking = false;
            settle();
            look();
          });
    }
  }
}
