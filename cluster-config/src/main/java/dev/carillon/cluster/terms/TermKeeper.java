package dev.carillon.cluster.terms;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import dev.carillon.cluster.terms.Quorum.Verdict;
import dev.carillon.wire.Incarnation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings about terms while this node is the oldest of the core nodes that it sees: asks all of them
 * how they stand, lets them promise the next term, and then begin it. Whatever fails is begun anew
 * at the next look. Has a thread of its own, because it waits for answers.
 */
public final class TermKeeper implements InitialMembershipListener {

  /** Of the data grid, which carries the questions. */
  public static final String EXECUTOR = "carillon.terms";

  private static final Logger LOG = LoggerFactory.getLogger(TermKeeper.class);

  private static final long LOOK_MILLIS = 50;

  /** All is well: only so often the others are asked whether they see it alike. */
  private static final int CALM_LOOKS = 20;

  /** So often while copies are being made, or another node is about to come. */
  private static final int COPYING_LOOKS = 3;

  /** A node that does not answer holds up a term until it is removed, after 8 s. */
  private static final long ANSWER_MILLIS = 500;

  /** What is over so soon needs no line in the log. */
  private static final int LOUD_LOOKS = 40;

  private final HazelcastInstance hazelcast;
  private final Terms terms;
  private final Quorum quorum;
  private final IExecutorService executor;
  private final ScheduledExecutorService thread;

  /** Waits for the data grid, which the other one never does. */
  private final ExecutorService copies;

  // Owned by the thread.
  private Future<?> check = CompletableFuture.completedFuture(null);
  private int calm;
  private int waits;
  private String told = "";

  private TermKeeper(HazelcastInstance hazelcast, Terms terms, int expectedMembers) {
    this.hazelcast = hazelcast;
    this.terms = terms;
    this.quorum = new Quorum(expectedMembers);
    this.executor = hazelcast.getExecutorService(EXECUTOR);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "carillon-terms"));
    this.copies = Executors.newSingleThreadExecutor(task -> daemon(task, "carillon-copies"));
  }

  private static Thread daemon(Runnable task, String name) {
    var made = new Thread(task, name);
    made.setDaemon(true);
    return made;
  }

  /** Begins to look, until the data grid stops. */
  public static void start(HazelcastInstance hazelcast, Terms terms, int expectedMembers) {
    var keeper = new TermKeeper(hazelcast, terms, expectedMembers);
    hazelcast.getCluster().addMembershipListener(keeper);
    keeper.thread.scheduleWithFixedDelay(keeper::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void init(InitialMembershipEvent event) {
    terms.hear(event.getMembers(), hazelcast);
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    changed(event);
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    changed(event);
  }

  private void changed(MembershipEvent event) {
    terms.hear(event.getMembers(), hazelcast);
    try {
      thread.execute(this::look);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("Nobody keeps terms any more", stopped);
    }
  }

  private void look() {
    if (!hazelcast.getLifecycleService().isRunning()) {
      thread.shutdown();
      copies.shutdown();
      return;
    }
    try {
      lead();
    } catch (RuntimeException failed) {
      // As while this member stops or goes over to others.
      LOG.debug("Terms are looked at again", failed);
    }
  }

  private void lead() {
    var core =
        hazelcast.getCluster().getMembers().stream().filter(each -> !each.isLiteMember()).toList();
    if (core.isEmpty() || !core.get(0).localMember()) {
      calm = 0;
      terms.waitsFor("");
      return;
    }
    if (calm > 0 && terms.serves(hazelcast) && isComplete(core)) {
      calm--;
      return;
    }
    var present = Terms.present(hazelcast);
    var standings = ask(core, node -> new TermCall(TermCall.Step.ASK, new Term(0, present)));
    var verdict =
        standings.size() < core.size()
            ? new Verdict.Wait(core.size() - standings.size() + " core nodes do not answer")
            : quorum.judge(terms.state(), standings, System.currentTimeMillis());
    if (verdict instanceof Verdict.Keep) {
      keep(core, standings);
    } else if (verdict instanceof Verdict.Propose next) {
      propose(core, next.term());
    } else if (verdict instanceof Verdict.Wait wait) {
      tell(wait.why());
    }
  }

  private void keep(List<Member> core, Map<Incarnation, Standing> standings) {
    var memories = standings.values().stream().map(Standing::memory).toList();
    boolean remembered = memories.stream().allMatch(Memory::remembers);
    boolean known = remembered && memories.stream().allMatch(m -> m.among() == core.size());
    calm = known ? CALM_LOOKS : COPYING_LOOKS;
    waits = 0;
    terms.waitsFor("");
    // While another one is about to come, nobody can know more.
    boolean settled = Holders.in(hazelcast).members().equals(standings.keySet());
    if (!known && check.isDone() && (settled || !remembered)) {
      var whole = new Term(terms.number(), standings.keySet());
      check = copies.submit(() -> remember(core, whole, standings));
    }
  }

  /** Waits for the data grid, for seconds when it is restless; meanwhile a new term may begin. */
  private void remember(List<Member> core, Term whole, Map<Incarnation, Standing> standings) {
    try {
      if (hazelcast.getPartitionService().isClusterSafe()) {
        ask(
            core,
            node ->
                TermCall.remember(
                    whole, Objects.requireNonNull(standings.get(node)).memory().changes()));
      }
    } catch (RuntimeException failed) {
      LOG.debug("Copies are looked for again", failed);
    }
  }

  private void propose(List<Member> core, Term next) {
    if (agree(core, new TermCall(TermCall.Step.PROMISE, next))
        && agree(core, new TermCall(TermCall.Step.BEGIN, next))) {
      LOG.info("Term {} of {} core nodes", next.number(), next.members().size());
      told = "";
      waits = 0;
      terms.waitsFor("");
    }
  }

  private boolean agree(List<Member> core, TermCall call) {
    var standings = ask(core, node -> call);
    return standings.size() == core.size()
        && standings.values().stream().allMatch(Standing::agrees);
  }

  /** The answers of those that gave one in time. */
  private Map<Incarnation, Standing> ask(List<Member> core, Function<Incarnation, TermCall> call) {
    var asked = new HashMap<Incarnation, Future<TermAnswer>>();
    for (var each : core) {
      var node = Incarnation.of(each.getUuid());
      asked.put(node, executor.submitToMember(call.apply(node), each));
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);
    var answered = new HashMap<Incarnation, Standing>();
    asked.forEach(
        (node, answer) -> {
          try {
            long left = Math.max(0, deadline - System.nanoTime());
            answered.put(node, answer.get(left, TimeUnit.NANOSECONDS).standing());
          } catch (ExecutionException | TimeoutException | CancellationException silent) {
            LOG.debug("{} does not say how it stands", node, silent);
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    return answered;
  }

  private boolean isComplete(List<Member> core) {
    var term = terms.state().term();
    return term != null && term.members().size() == core.size();
  }

  private void tell(String why) {
    terms.waitsFor(why);
    if (++waits >= LOUD_LOOKS && !why.equals(told)) {
      told = why;
      LOG.warn("Streams wait for their next term: {}", why);
    }
  }
}
