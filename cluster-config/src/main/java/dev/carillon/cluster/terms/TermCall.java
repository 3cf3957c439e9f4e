package dev.carillon.cluster.terms;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What the core node that leads asks of each, over the data grid: the bus may not be there yet. */
public final class TermCall implements Callable<TermAnswer>, HazelcastInstanceAware, WireData {

  /** In the order in which a term comes to be. */
  enum Step {
    ASK,
    PROMISE,
    BEGIN,
    REMEMBER,
    /** Whether it is in a term of which all copies were made. */
    HOLD;

    private static final Step[] ALL = values();
  }

  private Step step = Step.ASK;
  private Term term = new Term(0, Set.of());
  private int changes;
  private @Nullable HazelcastInstance grid;

  /** For Hazelcast, which fills it. */
  public TermCall() {}

  /**
   * @param term with the core nodes that the leader sees; when it only asks, the number is 0
   */
  TermCall(Step step, Term term) {
    this.step = step;
    this.term = term;
  }

  /**
   * That all copies of this term were made.
   *
   * @param changes of which the node had been told when it was asked, see {@link Memory}
   */
  static TermCall remember(Term whole, int changes) {
    var call = new TermCall(Step.REMEMBER, whole);
    call.changes = changes;
    return call;
  }

  @Override
  public TermAnswer call() {
    if (grid == null) {
      throw new IllegalStateException("no data grid (expected: the member that runs this)");
    }
    return new TermAnswer(Terms.in(grid).answer(step, term, changes, grid));
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance hazelcast) {
    grid = hazelcast;
  }

  @Override
  public int getClassId() {
    return WireIds.TERM_CALL;
  }

  @Override
  public void write(WireWriter out) {
    out.u8(step.ordinal()).varint(changes).varint(term.number()).varint(term.members().size());
    term.members().stream().sorted().forEach(each -> out.int64(each.high()).int64(each.low()));
  }

  @Override
  public void read(WireReader in) {
    int at = in.u8();
    if (at >= Step.ALL.length) {
      throw new WireException("step " + at + " (expected: less than " + Step.ALL.length + ")");
    }
    step = Step.ALL[at];
    changes = in.int32();
    long number = in.varint();
    int count = in.count();
    Set<Incarnation> members = new HashSet<>();
    for (int i = 0; i < count; i++) {
      members.add(new Incarnation(in.int64(), in.int64()));
    }
    term = new Term(number, members);
  }
}
