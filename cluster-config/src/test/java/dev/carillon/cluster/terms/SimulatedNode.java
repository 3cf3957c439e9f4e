package dev.carillon.cluster.terms;

import dev.carillon.wire.Incarnation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One process of a simulated cluster that holds a copy of one stream, or none. */
final class SimulatedNode {

  /**
   * What a member of the data grid believes: its members, oldest first, and those that hold the
   * stream, the owner first.
   */
  record Grid(List<SimulatedNode> members, List<SimulatedNode> replicas) {}

  /** A copy of the stream. */
  record Copy(List<Integer> log, long term) {

    boolean isLaterThan(Copy other) {
      return term > other.term || term == other.term && log.size() > other.log.size();
    }
  }

  final int slot;
  Incarnation id;
  TermState state = TermState.FRESH;
  Grid grid = new Grid(List.of(this), List.of(this));

  /** What it is about to believe. */
  @Nullable Grid next;

  /** The members that it was told of last, which may be others than those that it sees. */
  Set<Incarnation> heard = Set.of();

  /** What it will be told, in this order. */
  final Deque<Set<Incarnation>> events = new ArrayDeque<>();

  @Nullable Copy copy;

  /** What it gave up when it went over to others, and they do not have yet. */
  @Nullable Copy bringing;

  /** As this node saw its cluster when a scout found that others have all that it has. */
  @Nullable Grid surpassed;

  boolean dead;

  SimulatedNode(int slot, Incarnation id) {
    this.slot = slot;
    this.id = id;
  }

  boolean isOwner() {
    return !dead && grid.replicas().get(0) == this;
  }

  boolean leads() {
    return !dead && grid.members().get(0) == this;
  }

  boolean serves() {
    return !dead && state.serves(present());
  }

  boolean takesPart(SimulatedNode node) {
    var term = state.term();
    return term != null && term.members().contains(node.id);
  }

  Set<Incarnation> present() {
    return grid.members().stream().map(node -> node.id).collect(Collectors.toSet());
  }

  List<Integer> log() {
    return copy == null ? List.of() : copy.log();
  }

  /** Sees the cluster as it is now; who holds the stream no more, or not yet, holds nothing. */
  void adopt() {
    var now = next;
    if (now != null) {
      boolean held = grid.replicas().contains(this) && now.replicas().contains(this);
      grid = now;
      next = null;
      copy = held ? copy : null;
      events.add(present());
    }
  }

  /** Is told of one change that was long ago, or just now. */
  void hear() {
    var event = events.poll();
    if (event != null) {
      state = state.changed(event.size());
      heard = event;
    }
  }

  private TermState known() {
    return heard.equals(present()) ? state : state.unsure();
  }

  @Override
  public String toString() {
    return slot
        + (dead ? " dead " : " ")
        + id.low()
        + " sees "
        + grid.members().stream().map(node -> node.id.low()).toList()
        + (next == null ? " " : " and is told other ")
        + state;
  }

  Standing answer(TermCall.Step step, Term term) {
    var after =
        switch (step) {
          case ASK -> known();
          case PROMISE -> state.promise(term, present());
          case BEGIN -> state.begin(term, present());
          case REMEMBER, HOLD ->
              throw new IllegalArgumentException("nobody of a world asks that: " + step);
        };
    if (after == null) {
      return state.standing(false, present());
    }
    if (step != TermCall.Step.ASK) {
      state = after;
    }
    return after.standing(term.members().equals(present()), present());
  }
}
