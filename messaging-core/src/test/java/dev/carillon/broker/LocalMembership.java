package dev.carillon.broker;

import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The nodes of a {@link LocalNetwork}, as one of them sees them. */
public final class LocalMembership implements Membership {

  private final LocalNetwork network;
  private final Context context;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Set<Incarnation> suspects = ConcurrentHashMap.newKeySet();
  private volatile NodeInfo self;
  private volatile boolean fenced;

  LocalMembership(LocalNetwork network, NodeInfo self, Context context) {
    this.network = network;
    this.self = self;
    this.context = context;
  }

  @Override
  public NodeInfo self() {
    return self;
  }

  @Override
  public List<NodeInfo> nodes() {
    return network.nodes();
  }

  @Override
  public boolean isSuspect(Incarnation node) {
    return suspects.contains(node);
  }

  @Override
  public boolean isFenced() {
    return fenced;
  }

  /** Makes this node fenced, or open again. */
  public void fence(boolean closed) {
    fenced = closed;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public void announce(List<String> publicUrls) {
    self =
        new NodeInfo(
            self.incarnation(),
            self.name(),
            self.role(),
            self.version(),
            self.verticles(),
            publicUrls,
            self.address(),
            self.startedAt());
    network.tell(Change.CHANGED, self);
  }

  /** Makes this node take another one for suspect, or for well again. */
  public void suspect(NodeInfo node, boolean suspect) {
    if (suspect) {
      suspects.add(node.incarnation());
    } else {
      suspects.remove(node.incarnation());
    }
    tell(suspect ? Change.SUSPECT : Change.WELL, node);
  }

  void tell(Change change, NodeInfo node) {
    context.runOnContext(go -> listeners.forEach(listener -> listener.changed(change, node)));
  }
}
