package dev.carillon.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.carillon.broker.Hops;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The nodes of the cluster, from Hazelcast's member list, the attributes of the members, and the
 * map {@code carillon.nodes}, in which a node tells its public URLs.
 *
 * <p>A member counts as soon as it was admitted. The list is compared with Hazelcast's after every
 * event and four times a second: Hazelcast calls its listeners on few threads, and may call this
 * one after one of Vert.x that waits for the data grid. A late event, or a lost one, costs 250 ms.
 * At the same pace this node writes its row until that has succeeded, and asks for those of others
 * that have none yet.
 */
final class HazelcastMembership
    implements Membership,
        MembershipListener,
        EntryAddedListener<String, StoredNode>,
        EntryUpdatedListener<String, StoredNode> {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastMembership.class);

  private static final long COMPARE_MILLIS = 250;

  private final HazelcastInstance hazelcast;
  private final MemberTraits self;
  private final Fence fence;
  private final IMap<String, StoredNode> rows;
  private final Context context;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  // Owned by the event loop of `context`; the two snapshots are read from any thread.
  private final Map<Incarnation, List<String>> urls = new HashMap<>();
  private final Set<Incarnation> asked = new HashSet<>();
  private @Nullable StoredNode announced;
  private @Nullable StoredNode stored;
  private boolean isStoring;
  private Map<Incarnation, NodeInfo> known = new LinkedHashMap<>();
  private volatile List<NodeInfo> nodes;
  private volatile Set<Incarnation> suspects = Set.of();

  /**
   * @param context whose event loop calls the listeners
   */
  HazelcastMembership(
      HazelcastInstance hazelcast, MemberTraits self, Fence fence, Context context) {
    this.hazelcast = hazelcast;
    this.self = self;
    this.fence = fence;
    this.rows = hazelcast.getMap(HazelcastConfigs.NODES);
    this.context = context;
    this.nodes = List.of(self.nodeInfo(List.of(), address(local())));
  }

  /** Begins to follow the cluster; succeeds when all members that are there now are known. */
  Future<Void> open(Vertx vertx) {
    hazelcast.getCluster().addMembershipListener(this);
    return vertx
        .executeBlocking(() -> rows.addEntryListener(this, true), false)
        .compose(listening -> new Hops(vertx).call(context, this::compare))
        .onSuccess(known -> vertx.setPeriodic(COMPARE_MILLIS, timer -> compareSoon()));
  }

  /** Takes this node's row away, so that the others need not. */
  Future<Void> close() {
    return Future.fromCompletionStage(rows.removeAsync(key(self.incarnation())), context)
        .mapEmpty();
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
    return nodes.stream()
        .filter(node -> node.incarnation().equals(self.incarnation()))
        .findFirst()
        .orElseThrow();
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
    var row = new StoredNode(publicUrls);
    context.runOnContext(
        hop -> {
          announced = row;
          compare();
        });
  }

  /** Writes the row of this node again, which may have been lost. */
  void announceAgain() {
    context.runOnContext(
        hop -> {
          announced = announced == null ? null : new StoredNode(announced.publicUrls());
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

  @Override
  public void entryAdded(EntryEvent<String, StoredNode> event) {
    rowChanged(event.getKey(), event.getValue());
  }

  @Override
  public void entryUpdated(EntryEvent<String, StoredNode> event) {
    rowChanged(event.getKey(), event.getValue());
  }

  private void rowChanged(String key, StoredNode row) {
    context.runOnContext(
        hop -> {
          urls.put(Incarnation.parse(key), row.publicUrls());
          apply(members());
        });
  }

  private void compareSoon() {
    context.runOnContext(hop -> compare());
  }

  /** Asks for the rows that are not known yet, then compares the lists. */
  private Future<Void> compare() {
    var members = members();
    store();
    var unknown = new HashSet<>(members.keySet());
    unknown.removeAll(urls.keySet());
    unknown.removeAll(asked);
    var questions = unknown.stream().map(this::ask).toList();
    apply(members);
    return Future.join(questions).otherwiseEmpty().mapEmpty();
  }

  private void store() {
    var row = announced;
    if (row == null || row == stored || isStoring || !hazelcast.getLifecycleService().isRunning()) {
      return;
    }
    isStoring = true;
    Future.fromCompletionStage(rows.setAsync(key(self.incarnation()), row), context)
        .onSuccess(done -> stored = row)
        .onFailure(failed -> LOG.debug("The public URLs are told again", failed))
        .onComplete(done -> isStoring = false);
  }

  private Future<Void> ask(Incarnation node) {
    asked.add(node);
    return Future.fromCompletionStage(rows.getAsync(key(node)), context)
        .onComplete(done -> asked.remove(node))
        .onSuccess(
            row -> {
              if (row != null) {
                urls.put(node, row.publicUrls());
                apply(members());
              }
            })
        .mapEmpty();
  }

  /** Empty when the data grid has stopped. */
  private Map<Incarnation, NodeInfo> members() {
    var members = new LinkedHashMap<Incarnation, NodeInfo>();
    if (!hazelcast.getLifecycleService().isRunning()) {
      return members;
    }
    for (Member member : hazelcast.getCluster().getMembers()) {
      var traits = MemberTraits.of(member);
      if (traits != null && !member.isLiteMember()) {
        var told = urls.getOrDefault(traits.incarnation(), List.of());
        members.put(traits.incarnation(), traits.nodeInfo(told, address(member)));
      }
    }
    return members;
  }

  private void apply(Map<Incarnation, NodeInfo> members) {
    if (!members.containsKey(self.incarnation())) {
      // In the middle of a merge the list is empty for a moment: nobody has left.
      return;
    }
    var before = known;
    known = members;
    nodes = List.copyOf(members.values());
    urls.keySet().retainAll(members.keySet());
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
      rows.removeAsync(key(node.incarnation()));
    }
    tell(Change.LEFT, node);
  }

  private void tell(Change change, NodeInfo node) {
    boolean news = change != Change.CHANGED && !node.incarnation().equals(self.incarnation());
    LOG.atLevel(news ? Level.INFO : Level.DEBUG)
        .log(
            "Node {} ({}) {}", node.name(), node.address(), change.name().toLowerCase(Locale.ROOT));
    listeners.forEach(listener -> listener.changed(change, node));
  }

  private Member local() {
    return hazelcast.getCluster().getLocalMember();
  }

  private static String key(Incarnation node) {
    return node.toString();
  }

  private static String address(Member member) {
    var address = member.getAddress();
    return new NodeAddress(address.getHost(), address.getPort()).toString();
  }
}
