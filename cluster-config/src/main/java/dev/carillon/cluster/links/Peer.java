package dev.carillon.cluster.links;

import dev.carillon.stream.InterestReceiver;
import dev.carillon.stream.LinkReceiver;
import dev.carillon.stream.LinkSender;
import dev.carillon.wire.Incarnation;

/** Another node, as the links see it. Owned by the event loop of the links. */
final class Peer {

  final Incarnation node;
  final LinkSender sender;
  final LinkReceiver receiver;
  final InterestReceiver interest;

  /** When anything came from it; milliseconds of a clock that does not go backward. */
  long heardAt;

  boolean silent;
  boolean ackRuns;

  Peer(
      Incarnation node,
      LinkSender sender,
      LinkReceiver receiver,
      InterestReceiver interest,
      long now) {
    this.node = node;
    this.sender = sender;
    this.receiver = receiver;
    this.interest = interest;
    this.heardAt = now;
  }
}
