package dev.carillon.cluster.terms;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import dev.carillon.wire.Incarnation;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one core node, where its entry processors find them. Safe to use from any thread.
 *
 * <p>There are none where {@code cluster.expected_members} is 1, or the data grid does not keep the
 * streams.
 */
public final class Terms {

  /** In the user context of the member. */
  private static final String KEY = "carillon.terms";

  /** Of these the data grid has told last, in the order of what happened. */
  private volatile Holders heard = Holders.NONE;

  private final AtomicReference<TermState> state = new AtomicReference<>(TermState.FRESH);

  /** Written by the keeper, where this member is the one that brings about terms. */
  private volatile String waitsFor = "";

  private Terms() {}

  /** Gives a member its terms, before it starts. */
  public static Terms install(Map<String, Object> userContext) {
    var terms = new Terms();
    userContext.put(KEY, terms);
    return terms;
  }

  /** Null where there are none. */
  public static @Nullable Terms of(HazelcastInstance grid) {
    return grid.getUserContext().get(KEY) instanceof Terms terms ? terms : null;
  }

  static Terms in(HazelcastInstance grid) {
    var terms = of(grid);
    if (terms == null) {
      throw new IllegalStateException("no terms (expected: installed before the member started)");
    }
    return terms;
  }

  /**
   * The number of the term in which this member may change and show streams; 0 where there are no
   * terms.
   *
   * @throws RetryableHazelcastException while there is no term, which the data grid repeats
   */
  public static long current(HazelcastInstance grid) {
    var terms = of(grid);
    if (terms == null) {
      return 0;
    }
    var now = terms.state();
    if (!now.serves(present(grid))) {
      throw new RetryableHazelcastException(
          "term " + now.number() + " has ended (expected: the next one)");
    }
    return now.number();
  }

  /** Whether that member is in the term of the one that asks; true where there are no terms. */
  public static boolean takesPart(HazelcastInstance grid, UUID member) {
    var terms = of(grid);
    var term = terms == null ? null : terms.state().term();
    return terms == null || term != null && term.members().contains(Incarnation.of(member));
  }

  /**
   * Lets a copy of a stream take what its owner stored or shows in this term.
   *
   * @throws IllegalStateException when this member knows of a later term; then it does not
   *     acknowledge
   */
  public static void admit(HazelcastInstance grid, long number) {
    var terms = of(grid);
    if (terms != null && terms.advance(now -> now.see(number)) == null) {
      throw new IllegalStateException(
          "an owner in term " + number + " (expected: " + terms.state().highest() + ")");
    }
  }

  /** Whether this member may change and show streams now. */
  public boolean serves(HazelcastInstance grid) {
    return state().serves(present(grid));
  }

  /** The number of the term that this member is in, or was in last; 0: none. */
  public long number() {
    return state().number();
  }

  /** Whether this member knows what was acknowledged while it was in a term. */
  public boolean remembers() {
    return state().remembers();
  }

  /**
   * Among how many members all copies of its term are, as far as this member knows; 0: it does not
   * know that all were made, or more members have come since.
   */
  public int among(HazelcastInstance grid) {
    return known(grid).memory().among();
  }

  /** What the next term waits for; empty when there is one, or another node brings it about. */
  public String waitsFor() {
    return waitsFor;
  }

  void waitsFor(String what) {
    waitsFor = what;
  }

  /**
   * Told in the order of what happened.
   *
   * @param members of the data grid after a change; some that have gone may be among them yet
   */
  void hear(Collection<Member> members, HazelcastInstance grid) {
    state.updateAndGet(before -> before.changed(Holders.of(members).nodes()));
    var still = new HashSet<>(members);
    still.retainAll(grid.getCluster().getMembers());
    heard = Holders.of(still);
  }

  /** Whether this member is bringing its copies to the others. */
  public void merging(boolean now) {
    state.updateAndGet(before -> before.merging(now));
  }

  TermState state() {
    return Objects.requireNonNull(state.get());
  }

  Standing answer(TermCall.Step step, Term term, int changes, HazelcastInstance grid) {
    var present = present(grid);
    return switch (step) {
      case ASK -> known(grid).standing(term.members().equals(present), present);
      case PROMISE -> answer(present, now -> now.promise(term, present));
      case BEGIN -> answer(present, now -> now.begin(term, present));
      case REMEMBER -> remember(term, changes, grid);
      case HOLD -> state().standing(holds(grid), present);
    };
  }

  /** It may not have heard yet of who has come and gone in the meantime. */
  private TermState known(HazelcastInstance grid) {
    return heard.equals(Holders.in(grid)) ? state() : state().unsure();
  }

  /** Of who came just now it may have been told before there was anything to forget. */
  private Standing remember(Term whole, int changes, HazelcastInstance grid) {
    var present = present(grid);
    var holders = Holders.in(grid);
    var standing = answer(present, now -> now.remember(whole, present, holders.members(), changes));
    if (!holders.equals(Holders.in(grid))) {
      state.updateAndGet(TermState::unsure);
    }
    return standing;
  }

  /** The term is read first: copies that were there before it say nothing. */
  private boolean holds(HazelcastInstance grid) {
    long number = number();
    return serves(grid)
        && grid.getPartitionService().isClusterSafe()
        && serves(grid)
        && number() == number;
  }

  private Standing answer(Set<Incarnation> present, UnaryOperator<@Nullable TermState> step) {
    var next = advance(step);
    return next == null ? state().standing(false, present) : next.standing(true, present);
  }

  /** Null when the step was refused, and then nothing has changed. */
  private @Nullable TermState advance(UnaryOperator<@Nullable TermState> step) {
    while (true) {
      var before = state();
      var next = step.apply(before);
      if (next == null || next == before || state.compareAndSet(before, next)) {
        return next;
      }
    }
  }

  /** The core nodes that this one sees. */
  static Set<Incarnation> present(HazelcastInstance grid) {
    var present = new HashSet<Incarnation>();
    for (var member : grid.getCluster().getMembers()) {
      if (!member.isLiteMember()) {
        present.add(Incarnation.of(member.getUuid()));
      }
    }
    return present;
  }
}
