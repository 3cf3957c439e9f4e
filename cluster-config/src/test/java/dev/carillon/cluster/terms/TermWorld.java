package dev.carillon.cluster.terms;

import dev.carillon.cluster.terms.Quorum.Verdict;
import dev.carillon.cluster.terms.SimulatedNode.Copy;
import dev.carillon.cluster.terms.SimulatedNode.Grid;
import dev.carillon.cluster.terms.TermCall.Step;
import dev.carillon.wire.Incarnation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of 3 or 5 nodes and one stream. Nodes are killed and started, the network falls apart
 * and is mended, members notice that at different times, parts find each other and merge, calls and
 * copies stop half-way, what is given to others in a merge is lost. Never are more nodes without
 * memory at once than the stream has backups, and nobody is killed who holds the only copy; where a
 * merge loses that, only a term of all nodes may go without it.
 */
final class TermWorld {

  private final Random random;
  private final int expected;

  /** Of so many steps some are faults. */
  private final int calm;

  /** How seldom a dead node is started again: 0 to 3. */
  private final int slow;

  private final int copies;
  private final Quorum quorum;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();
  private final List<Remember> calls = new ArrayList<>();
  private final List<Append> appends = new ArrayList<>();
  private final Set<Integer> acknowledged = new HashSet<>();
  private int[] side;
  private long ids;
  private int values;
  private int reunions;
  private boolean spoiled;
  private long now;

  /** A leader on its way through all members, one call at a time. */
  private record Round(
      SimulatedNode leader,
      Step step,
      Term term,
      Iterator<SimulatedNode> left,
      Map<Incarnation, Standing> standings) {}

  /** On its way to a node. */
  private record Remember(SimulatedNode node, Term term, int changes) {}

  /** A publication on its way to the backups. */
  private record Append(
      SimulatedNode owner, long term, List<Integer> before, int value, List<SimulatedNode> left) {}

  TermWorld(long seed) {
    // Mixed, because the first numbers of neighbouring seeds are alike.
    random = new Random(new SplittableRandom(seed).nextLong());
    calm = 100 << random.nextInt(4);
    slow = random.nextInt(4);
    expected = random.nextInt(3) < 2 ? 3 : 5;
    copies = expected / 2 + 1;
    quorum = new Quorum(expected);
    side = new int[expected];
    for (int slot = 0; slot < expected; slot++) {
      nodes.add(node(slot));
    }
  }

  int acknowledged() {
    return acknowledged.size();
  }

  /** How often a term began because one of the last term alone had everything. */
  int reunions() {
    return reunions;
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  /** All faults are over: in the end everybody serves together. */
  void heal() {
    side = new int[expected];
    for (int slot = 0; slot < expected; slot++) {
      restart(slot);
    }
    for (int i = 0; i < 100_000 && !isWhole(); i++) {
      calmStep();
    }
    if (!isWhole()) {
      throw new AssertionError("no term of all nodes: " + nodes);
    }
    read(nodes.get(0).grid.replicas().get(0));
  }

  private boolean isWhole() {
    return nodes.stream().allMatch(n -> n.next == null && n.grid.members().size() == expected)
        && nodes.stream().allMatch(n -> n.serves() && nodes.stream().allMatch(n::takesPart))
        && mayShow(nodes.get(0).grid.replicas().get(0));
  }

  private void step() {
    switch (random.nextInt(calm)) {
      case 0 -> cut();
      case 1, 2 -> side = new int[expected];
      case 3 -> kill(any());
      case 4, 5 -> restartSometimes(random.nextInt(expected));
      default -> calmStep();
    }
  }

  private void calmStep() {
    switch (random.nextInt(22)) {
      case 0 -> notice(any());
      case 1 -> any().adopt();
      case 2 -> meet(any(), any());
      case 16 -> scout(any(), any());
      case 3 -> bring(any());
      case 4 -> copy(any());
      case 5 -> read(any());
      case 6 -> look(any());
      case 21 -> one(calls, this::remember);
      case 7 -> begin(any());
      case 8 -> move(any());
      case 20 -> any().hear();
      case 14, 15 -> name(any());
      case 9, 10 -> append(any());
      case 11, 12, 13 -> appends.removeIf(this::deliver);
      default -> one(rounds, this::call);
    }
  }

  private SimulatedNode any() {
    return nodes.get(random.nextInt(expected));
  }

  private <T> void one(List<T> some, Consumer<T> action) {
    if (!some.isEmpty()) {
      action.accept(some.get(random.nextInt(some.size())));
    }
  }

  private SimulatedNode node(int slot) {
    return new SimulatedNode(slot, new Incarnation(0, ++ids));
  }

  private boolean hears(SimulatedNode one, SimulatedNode other) {
    return !one.dead && !other.dead && side[one.slot] == side[other.slot];
  }

  // Faults

  private void cut() {
    for (int i = 0; i < expected; i++) {
      side[i] = random.nextInt(2);
    }
  }

  private void kill(SimulatedNode node) {
    long remembering =
        nodes.stream().filter(n -> n != node && !n.dead && n.state.remembers()).count();
    boolean held = nodes.stream().anyMatch(n -> n != node && !n.dead && hasAll(n));
    boolean nothing = acknowledged.isEmpty() && appends.isEmpty();
    if (nothing || remembering >= copies && held) {
      node.dead = true;
    }
  }

  private boolean hasAll(SimulatedNode node) {
    var brought = node.bringing == null ? List.<Integer>of() : node.bringing.log();
    return node.log().containsAll(acknowledged) || brought.containsAll(acknowledged);
  }

  private void restartSometimes(int slot) {
    if (random.nextInt(4) >= slow) {
      restart(slot);
    }
  }

  private void restart(int slot) {
    if (nodes.get(slot).dead) {
      nodes.set(slot, node(slot));
    }
  }

  // The data grid

  /** Who leads what is left of a cluster removes those that it does not hear. */
  private void notice(SimulatedNode node) {
    if (node.dead || node.next != null) {
      return;
    }
    var members = node.grid.members().stream().filter(n -> comesAlong(n, node)).toList();
    if (members.size() < node.grid.members().size() && members.get(0) == node) {
      var replicas = new ArrayList<>(node.grid.replicas());
      replicas.retainAll(members);
      tell(members, replicas);
    }
  }

  private boolean comesAlong(SimulatedNode member, SimulatedNode node) {
    return isWith(member, node) || hears(member, node) && member.next == node.grid;
  }

  private boolean isWith(SimulatedNode member, SimulatedNode node) {
    return hears(member, node) && member.grid == node.grid && member.next == null;
  }

  /** Who holds the stream already goes on holding it; others get a copy later. */
  private void tell(List<SimulatedNode> members, List<SimulatedNode> holding) {
    var replicas = holding.isEmpty() ? members.subList(0, 1) : holding;
    var grid = new Grid(List.copyOf(members), List.copyOf(replicas));
    members.forEach(member -> member.next = grid);
  }

  /** A replica that is missing is given to a member that gets a copy. */
  private void name(SimulatedNode node) {
    var replicas = new ArrayList<>(node.grid.replicas());
    if (isSettled(node) && replicas.size() < copies && !replicas.contains(node)) {
      replicas.add(node);
      node.copy = replicas.get(0).copy;
      see(new Grid(node.grid.members(), List.copyOf(replicas)));
    }
  }

  private static void see(Grid grid) {
    grid.members().forEach(member -> member.grid = grid);
  }

  private boolean isSettled(SimulatedNode node) {
    return !node.dead
        && node.grid.members().stream().allMatch(n -> isWith(n, node))
        && node.grid.members().stream().allMatch(n -> n.present().contains(n.id));
  }

  /** A node looks at others that it may go over to, unless its own cluster changes before. */
  private void scout(SimulatedNode node, SimulatedNode other) {
    var oldest = other.grid.members().get(0);
    boolean heard = hears(node, other) && hears(node, oldest) && node.grid != other.grid;
    boolean later = oldest.state.number() > node.state.highest();
    if (heard && later && oldest.serves() && isSafe(oldest.grid.replicas().get(0))) {
      node.surpassed = node.grid;
    }
  }

  /** Two clusters find each other: the smaller one goes over, and brings what it has. */
  private void meet(SimulatedNode one, SimulatedNode other) {
    if (!hears(one, other) || one.grid == other.grid || !isSettled(one) || !isSettled(other)) {
      return;
    }
    boolean less = one.grid.members().size() < other.grid.members().size();
    var from = less ? one.grid : other.grid;
    var into = less ? other.grid : one.grid;
    var owner = from.replicas().get(0);
    if (random.nextBoolean()) {
      scout(owner, into.members().get(0));
    }
    if (owner.surpassed != owner.grid) {
      owner.bringing = later(owner.bringing, owner.copy);
    }
    for (var member : from.members()) {
      member.id = new Incarnation(0, ++ids);
      member.state = member.state.merging(true).merging(member.bringing != null);
      member.copy = null;
      member.grid = new Grid(List.of(member), List.of(member));
    }
    var members = new ArrayList<>(into.members());
    members.addAll(from.members());
    tell(members, into.replicas());
  }

  private static @Nullable Copy later(@Nullable Copy one, @Nullable Copy other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.isLaterThan(one) ? other : one;
  }

  /** What it brings arrives at the owner where it is now, and at the backups. */
  private void bring(SimulatedNode node) {
    if (node.dead || !node.state.merging() || node.next != null) {
      return;
    }
    var owner = node.grid.replicas().get(0);
    if (node.grid.replicas().stream().allMatch(replica -> isWith(replica, node))) {
      boolean arrives = random.nextInt(4) > 0;
      if (!owner.serves() && arrives) {
        owner.copy = later(owner.copy, node.bringing);
        copy(owner);
      }
      node.bringing = null;
      spoiled |= nodes.stream().noneMatch(n -> !n.dead && hasAll(n));
      node.state = node.state.merging(false);
    }
  }

  /** The data grid repairs the backups. */
  private void copy(SimulatedNode owner) {
    if (owner.isOwner()) {
      owner.grid.replicas().stream()
          .filter(backup -> isWith(backup, owner))
          .forEach(backup -> backup.copy = owner.copy);
    }
  }

  /** The data grid gives the place of one replica to another member. */
  private void move(SimulatedNode node) {
    var replicas = new ArrayList<>(node.grid.replicas());
    if (!isSettled(node) || replicas.contains(node) || !isSafe(replicas.get(0))) {
      return;
    }
    node.copy = replicas.get(0).copy;
    var gone = replicas.set(random.nextInt(replicas.size()), node);
    see(new Grid(node.grid.members(), List.copyOf(replicas)));
    gone.copy = null;
  }

  private boolean isSafe(SimulatedNode owner) {
    return isSettled(owner)
        && owner.grid.replicas().size() >= copies
        && owner.grid.replicas().stream().allMatch(replica -> replica.log().equals(owner.log()));
  }

  // Streams

  /** Its term goes on, and there are as many replicas in it as there have to be. */
  private boolean mayShow(SimulatedNode node) {
    return node.isOwner()
        && node.serves()
        && node.grid.replicas().size() >= copies
        && node.grid.replicas().stream().allMatch(node::takesPart);
  }

  private void append(SimulatedNode node) {
    if (mayShow(node)) {
      var before = node.log();
      var after = new ArrayList<>(before);
      after.add(++values);
      node.copy = new Copy(List.copyOf(after), node.state.number());
      var backups = node.grid.replicas().subList(1, node.grid.replicas().size());
      if (backups.isEmpty()) {
        acknowledged.add(values);
      } else {
        appends.add(
            new Append(node, node.state.number(), before, values, new ArrayList<>(backups)));
      }
    }
  }

  /** Whether it is over, one way or the other. */
  private boolean deliver(Append append) {
    var backup = append.left().get(random.nextInt(append.left().size()));
    if (random.nextInt(10) == 0 || !hears(append.owner(), backup)) {
      return true;
    }
    var seen = backup.state.see(append.term());
    if (seen == null || !backup.log().equals(append.before())) {
      return true;
    }
    var after = new ArrayList<>(append.before());
    after.add(append.value());
    backup.state = seen;
    backup.copy = new Copy(List.copyOf(after), append.term());
    append.left().remove(backup);
    if (append.left().isEmpty()) {
      acknowledged.add(append.value());
    }
    return append.left().isEmpty();
  }

  /** What clients are shown: the backups confirm it. */
  private void read(SimulatedNode node) {
    if (!mayShow(node)) {
      return;
    }
    for (var backup : node.grid.replicas()) {
      var seen = hears(node, backup) ? backup.state.see(node.state.number()) : null;
      if (seen == null || !backup.log().equals(node.log())) {
        return;
      }
      backup.state = seen;
    }
    if (!node.log().containsAll(acknowledged)) {
      var lost = new HashSet<>(acknowledged);
      lost.removeAll(node.log());
      throw new AssertionError("lost " + lost + " in term " + node.state.number());
    }
  }

  // Terms

  /** All copies are there, which the node will be told some time. */
  private void look(SimulatedNode node) {
    var term = node.state.term();
    if (term != null && isSafe(node.grid.replicas().get(0)) && isSettled(node)) {
      calls.add(new Remember(node, term, node.state.memory().changes()));
    }
  }

  private void remember(Remember call) {
    var node = call.node();
    calls.remove(call);
    var present = node.present();
    node.state = node.state.remember(call.term(), present, present, call.changes());
  }

  private void begin(SimulatedNode node) {
    rounds.removeIf(round -> round.leader().dead);
    if (node.leads() && rounds.stream().noneMatch(round -> round.leader() == node)) {
      rounds.add(round(node, Step.ASK, new Term(0, node.present())));
    }
  }

  private boolean isReunion(Collection<Standing> all) {
    return all.size() < expected
        && all.stream().filter(Standing::remembers).count() < quorum.majority()
        && !all.stream().allMatch(Standing::isFresh);
  }

  private Round round(SimulatedNode leader, Step step, Term term) {
    var members = new ArrayList<>(leader.grid.members());
    Collections.shuffle(members, random);
    return new Round(leader, step, term, members.iterator(), new HashMap<>());
  }

  private void call(Round round) {
    if (round.left().hasNext()) {
      var member = round.left().next();
      if (!hears(round.leader(), member) || random.nextInt(30) == 0) {
        rounds.remove(round);
        return;
      }
      round.standings().put(member.id, member.answer(round.step(), round.term()));
      return;
    }
    rounds.remove(round);
    boolean agreed = round.standings().values().stream().allMatch(Standing::agrees);
    if (round.step() == Step.ASK) {
      if (quorum.judge(round.leader().state, round.standings(), ++now)
          instanceof Verdict.Propose next) {
        boolean isNew = next.term().number() != round.leader().state.number();
        if (isNew && spoiled && next.term().members().size() == expected) {
          acknowledged.clear();
          spoiled = false;
        }
        reunions += isNew && isReunion(round.standings().values()) ? 1 : 0;
        rounds.add(round(round.leader(), Step.PROMISE, next.term()));
      }
    } else if (round.step() == Step.PROMISE && agreed) {
      rounds.add(round(round.leader(), Step.BEGIN, round.term()));
    }
  }
}
