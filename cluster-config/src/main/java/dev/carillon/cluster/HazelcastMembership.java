package dev.carillon.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import dev.carillon.broker.Hops;
import dev.carillon.cluster.terms.Terms;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The nodes of the cluster, from Hazelcast's member list, the attributes of the members, and the
 * rows in which nodes tell their public URLs.
 *
 * <p>A member counts as soon as it was admitted, a gateway when its row is known. The list is
 * compared with Hazelcast's after every event and four times a second: Hazelcast calls its
 * listeners on few threads, and may call this one after one of Vert.x that waits for the data grid.
 * A late event, or a lost one, costs 250 ms.
 */
final class HazelcastMembership implements Membership, MembershipListener {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastMembership.class);

  private static final long COMPARE_MILLIS = 250;

  private final HazelcastInstance hazelcast;
  private final Fence fence;
  private final Context context;
  private final ClusterMembers members;
  private final NodeRows rows;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  // Owned by the event loop of `context`; the snapshots are read from any thread.
  private Map<Incarnation, NodeInfo> known = new LinkedHashMap<>();
  private volatile NodeInfo self;
  private volatile List<NodeInfo> nodes;
  private volatile Set<Incarnation> suspects = Set.of();

  /**
   * @param context whose event loop calls the listeners
   */
  HazelcastMembership(
      HazelcastInstance hazelcast, MemberTraits self, Fence fence, Context context) {
    this.hazelcast = hazelcast;
    this.fence = fence;
    this.context = context;
    this.members = new ClusterMembers(hazelcast);
    this.rows = new NodeRows(hazelcast, context, () -> apply(admitted()));
    this.self = self.nodeInfo(localIncarnation(), List.of(), members.ownAddress());
    this.nodes = List.of(this.self);
    if (self.role() == Role.GATEWAY) {
      // Its row says that it was admitted: it is written again when it may be lost.
      rows.announce(List.of());
    }
  }

  /** Begins to follow the cluster; succeeds when all members that are there now are known. */
  Future<Void> open(Vertx vertx) {
    hazelcast.getCluster().addMembershipListener(this);
    return rows.open(vertx)
        .compose(listening -> new Hops(vertx).call(context, this::compare))
        .onSuccess(known -> vertx.setPeriodic(COMPARE_MILLIS, timer -> compareSoon()));
  }

  /** Takes this node's row away, so that the others need not. */
  Future<Void> close() {
    return rows.remove(self.incarnation());
  }

  /**
   * Takes the incarnation that this node has got by going back to the others, and sees the cluster
   * as it is now. To be called on the event loop of the membership.
   *
   * @return false when this node is no member at the moment, and then nothing has changed
   */
  boolean renew() {
    var incarnation = localIncarnation();
    rows.announceAgain(incarnation);
    var members = admitted();
    var renewed = members.get(incarnation);
    if (renewed == null) {
      return false;
    }
    self = renewed;
    apply(members);
    return true;
  }

  /** Whether Hazelcast has given this member another incarnation than the one it acts under. */
  boolean isOutdated() {
    return !self.incarnation().equals(localIncarnation());
  }

  /** Whether this member is in a term; true where there are none. */
  boolean hasTerm() {
    var terms = Terms.of(hazelcast);
    return terms == null || members.running() && terms.serves(hazelcast);
  }

  /** Whether a node was heard lately, as the links find out; called on any thread. */
  void heard(Incarnation node, boolean well) {
    context.runOnContext(
        hop -> {
          var info = known.get(node);
          if (info != null && suspects.contains(node) == well) {
            var changed = new HashSet<>(suspects);
            boolean added = well ? changed.remove(node) : changed.add(node);
            suspects = Set.copyOf(changed);
            tell(well ? Change.WELL : Change.SUSPECT, info);
          }
        });
  }

  @Override
  public NodeInfo self() {
    return self;
  }

  @Override
  public List<NodeInfo> nodes() {
    return nodes;
  }

  @Override
  public boolean isSuspect(Incarnation node) {
    return suspects.contains(node);
  }

  @Override
  public boolean isFenced() {
    return fence.isClosed();
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public void announce(List<String> publicUrls) {
    context.runOnContext(
        hop -> {
          rows.announce(publicUrls);
          compare();
        });
  }

  /** Writes the row of this node again, which may have been lost. */
  void announceAgain() {
    context.runOnContext(
        hop -> {
          rows.announceAgain(self.incarnation());
          compare();
        });
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    compareSoon();
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    compareSoon();
  }

  private void compareSoon() {
    context.runOnContext(hop -> compare());
  }

  /** Asks for the rows that are not known yet, then compares the lists. */
  private Future<Void> compare() {
    rows.store(self.incarnation());
    var answered = rows.ask(members.candidates());
    apply(admitted());
    return answered;
  }

  private Map<Incarnation, NodeInfo> admitted() {
    return members.admitted(rows);
  }

  private void apply(Map<Incarnation, NodeInfo> members) {
    var now = members.get(self.incarnation());
    if (now == null) {
      // In the middle of a merge the list is empty, and after it this node has to renew itself
      // first: nobody has left.
      return;
    }
    var before = known;
    known = members;
    self = now;
    nodes = List.copyOf(members.values());
    rows.retain(members.keySet());
    before.forEach(
        (incarnation, node) -> {
          if (!members.containsKey(incarnation)) {
            left(node);
          }
        });
    members.forEach(
        (incarnation, node) -> {
          var old = before.get(incarnation);
          if (old == null) {
            tell(Change.JOINED, node);
          } else if (!old.equals(node)) {
            tell(Change.CHANGED, node);
          }
        });
  }

  private void left(NodeInfo node) {
    var others = new HashSet<>(suspects);
    others.remove(node.incarnation());
    suspects = Set.copyOf(others);
    if (nodes.get(0).incarnation().equals(self.incarnation())) {
      rows.remove(node.incarnation());
    }
    tell(Change.LEFT, node);
  }

  private void tell(Change change, NodeInfo node) {
    boolean news = change != Change.CHANGED && !node.name().equals(self.name());
    LOG.atLevel(news ? Level.INFO : Level.DEBUG)
        .log(
            "Node {} ({}) {}", node.name(), node.address(), change.name().toLowerCase(Locale.ROOT));
    listeners.forEach(listener -> listener.changed(change, node));
  }

  private Incarnation localIncarnation() {
    return MemberTraits.incarnation(hazelcast.getCluster().getLocalMember());
  }
}
