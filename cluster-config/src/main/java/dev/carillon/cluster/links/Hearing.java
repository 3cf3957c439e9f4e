package dev.carillon.cluster.links;

import dev.carillon.port.SteadyTime;
import dev.carillon.wire.Incarnation;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/** Which of the other nodes are heard. Owned by the event loop of the links. */
final class Hearing {

  private final Map<Incarnation, Peer> peers;
  private final long silenceMillis;
  private final BiConsumer<Incarnation, Boolean> heard;

  /**
   * @param peers all other nodes, as the links know them
   * @param heard told when a node falls silent (false) and when it is heard again
   */
  Hearing(
      Map<Incarnation, Peer> peers, long silenceMillis, BiConsumer<Incarnation, Boolean> heard) {
    this.peers = peers;
    this.silenceMillis = silenceMillis;
    this.heard = heard;
  }

  /** Something came from it. */
  void hear(Peer peer) {
    peer.heardAt = SteadyTime.millis();
    if (peer.silent) {
      peer.silent = false;
      heard.accept(peer.node, true);
    }
  }

  /** Finds out whether it has fallen silent. */
  void look(Peer peer) {
    if (!peer.silent && SteadyTime.millis() - peer.heardAt >= silenceMillis) {
      peer.silent = true;
      heard.accept(peer.node, false);
    }
  }

  /** Whether nothing was heard from this node for a while. */
  boolean isSilent(Incarnation node) {
    Peer peer = peers.get(node);
    return peer != null && peer.silent;
  }

  /** Whether a message to this node may arrive. */
  boolean reaches(Incarnation node) {
    Peer peer = peers.get(node);
    return peer != null && !peer.silent;
  }

  /** The nodes that a message may reach. */
  Collection<Incarnation> reachable() {
    return peers.values().stream().filter(peer -> !peer.silent).map(peer -> peer.node).toList();
  }
}
