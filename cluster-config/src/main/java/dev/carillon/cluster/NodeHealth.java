package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import dev.carillon.cluster.OtherMembers.Sign;
import dev.carillon.cluster.links.BusHealth;
import dev.carillon.cluster.terms.Terms;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether this node may get new clients, and notices when it can't stay a member. Asked from
 * any thread, so what it knows is in volatile fields: each is written without regard to what it
 * was.
 */
final class NodeHealth {

  private static final Logger LOG = LoggerFactory.getLogger(NodeHealth.class);

  private static final long BUS_CHECK_MILLIS = 2_000;
  private static final long AGREEMENT_CHECK_MILLIS = 200;
  private static final long CORE_CHECK_MILLIS = 500;

  /** A loss tells every partition by itself; what follows is done once for all of them. */
  private static final long HEAL_MILLIS = 200;

  private final Vertx vertx;
  private final HazelcastInstance hazelcast;
  private final MemberTraits traits;
  private final Agreement agreement;
  private final ClusterOptions options;
  private final NodeParts parts;
  private final Promise<StartException> expelled = Promise.promise();
  private final MergeGuard guard;
  private final BusRegistry registry;
  private final @Nullable Terms terms;
  private final CopyWatch copies;
  private final Comeback comeback;
  private final AtomicBoolean healing = new AtomicBoolean();

  /** Counted by the one timer that looks for core nodes. */
  private int checksWithoutCore;

  private volatile boolean draining;
  private volatile BusHealth bus = BusHealth.UNKNOWN;

  /** Whether the cluster knows where this node is on the bus. */
  private volatile boolean registered = true;

  NodeHealth(Vertx vertx, RunningMember member, ClusterOptions options, NodeParts parts) {
    this.vertx = vertx;
    this.hazelcast = member.hazelcast();
    this.traits = member.traits();
    this.agreement = new Agreement(traits);
    this.guard = member.guard();
    this.registry = member.bus();
    this.terms = Terms.of(hazelcast);
    this.options = options;
    this.parts = parts;
    this.copies = new CopyWatch(vertx, this::isSafe);
    this.comeback = new Comeback(vertx, parts, copies::wereMade);
  }

  /** Begins to look at the bus for ever, and at the copies until they were all made once. */
  void watch() {
    guard.beforeMerge(comeback::leaves);
    hazelcast.getLifecycleService().addLifecycleListener(this::stateChanged);
    hazelcast.getPartitionService().addPartitionLostListener(lost -> healSoon());
    vertx.setPeriodic(0, BUS_CHECK_MILLIS, timer -> testBus());
    keepRegisteredSoon();
    copies.begin();
    if (parts.membership().isOutdated()) {
      // It went back to the others before anybody listened.
      comeback.leaves();
      comeback.begin();
    }
    if (traits.role() == Role.GATEWAY) {
      vertx.setPeriodic(CORE_CHECK_MILLIS, timer -> lookForCore());
    }
  }

  Readiness readiness() {
    boolean safe = copies.wereMade();
    boolean running = hazelcast.getLifecycleService().isRunning();
    long core = running ? Admission.coreMembers(hazelcast) : 0;
    return new Readiness(
        List.of(
            new Readiness.Check("joined", running, running ? "member" : "the data grid stopped"),
            new Readiness.Check(
                "majority",
                isMajority(core),
                core > options.expectedMembers()
                    ? core + " core nodes"
                    : core + " of " + options.expectedMembers() + " core nodes"),
            term(),
            new Readiness.Check("safe", safe, safe ? "all copies were made once" : "copying"),
            new Readiness.Check(
                "bus",
                bus.well() && registered,
                registered ? bus.detail() : "its addresses were lost, and are told again"),
            new Readiness.Check("fence", !parts.fence().isClosed(), parts.fence().words()),
            streams(),
            new Readiness.Check("drain", !draining, draining ? "draining" : "not draining")));
  }

  /**
   * Without the patience of the fence, because it is true: between two terms, 10 to 60 ms after a
   * loss, this node stores nothing. The manifests want two failures, 3 s apart.
   */
  private Readiness.Check term() {
    if (terms == null) {
      return new Readiness.Check("term", true, "none is needed");
    }
    boolean has = hasTerm(terms);
    return new Readiness.Check("term", has, has ? inTerm(terms) : noTerm(terms));
  }

  private String inTerm(Terms asked) {
    int among = asked.among(hazelcast);
    return "term "
        + asked.number()
        + (among == 0 ? ", copies are being made" : ", all copies are among " + among + " nodes");
  }

  private static String noTerm(Terms asked) {
    var why = asked.waitsFor();
    return why.isEmpty() ? "none yet; the log of the oldest core node tells why" : why;
  }

  /** Never in the way of readiness: other nodes would miss the same, and channels without go on. */
  private Readiness.Check streams() {
    var engine = parts.engine();
    var trouble = engine == null ? "" : engine.trouble();
    return new Readiness.Check("streams", true, trouble.isEmpty() ? "kept" : trouble);
  }

  void drain() {
    draining = true;
    copies.stop();
  }

  void onExpelled(Consumer<StartException> handler) {
    expelled.future().onSuccess(handler::accept);
  }

  private void stateChanged(LifecycleEvent event) {
    if (event.getState() == LifecycleState.MERGED) {
      LOG.warn("This node was cut off from the others and is back");
      agreeAgain();
      copies.begin();
      comeback.begin();
    }
    if (event.getState() == LifecycleState.SHUTDOWN && !draining) {
      expelled.tryComplete(
          new StartException(
              StartException.Reason.EXPELLED,
              "cluster",
              "the data grid of this node stopped by itself (expected: it runs as long as the"
                  + " node); its log says why"));
    }
  }

  /**
   * The half that this one came back to may have got other nodes meanwhile. Who is not admitted
   * there, as the scout of this very merge, may be about to leave and is looked at again.
   */
  private void agreeAgain() {
    if (draining || !hazelcast.getLifecycleService().isRunning()) {
      return;
    }
    try {
      if (agreement.check(OtherMembers.of(hazelcast, traits, Sign.SEEN))
          == Agreement.Verdict.WAIT) {
        vertx.setTimer(AGREEMENT_CHECK_MILLIS, again -> agreeAgain());
      }
    } catch (StartException refused) {
      expelled.tryComplete(refused);
    }
  }

  private void healSoon() {
    if (healing.compareAndSet(false, true)) {
      vertx.setTimer(
          HEAL_MILLIS,
          timer -> {
            healing.set(false);
            // Who comes back to the others tells nothing again of what was before.
            if (!parts.fence().has(Fence.Reason.RETURNING)) {
              parts.heal();
            }
          });
    }
  }

  private void testBus() {
    // What comes back after the addresses were given up would be a warning in the log.
    if (!draining) {
      parts.links().test().onSuccess(tested -> bus = tested);
    }
  }

  private void keepRegisteredSoon() {
    if (!draining) {
      vertx.setTimer(BUS_CHECK_MILLIS, timer -> keepRegistered());
    }
  }

  /** When nobody answers, nothing else is known than before. */
  private void keepRegistered() {
    registry
        .keep()
        .onSuccess(known -> registered = known)
        .onFailure(failed -> LOG.debug("Whether the bus has this node is not known", failed))
        .onComplete(done -> keepRegisteredSoon());
  }

  /**
   * Without a core node the data grid of a gateway has lost everything, what the bus needs as well.
   * It waits as long as at its start, and then has to be started again.
   */
  private void lookForCore() {
    if (draining || !hazelcast.getLifecycleService().isRunning()) {
      return;
    }
    if (Admission.coreMembers(hazelcast) > 0) {
      checksWithoutCore = 0;
    } else if (++checksWithoutCore * CORE_CHECK_MILLIS >= options.joinTimeout().toMillis()) {
      expelled.tryComplete(Admission.nobodyKeepsData(StartException.Reason.EXPELLED, options));
    }
  }

  /** A gateway may be left alone, which is no majority of anything. */
  private boolean isMajority(long core) {
    return core >= (options.guarded() ? options.majority() : 1);
  }

  /**
   * Once is enough: a node that lost a copy later still serves. But a node that waits for others
   * has nobody yet to copy to, and would be found safe for that reason.
   */
  private boolean isSafe() {
    return isMajority(Admission.coreMembers(hazelcast))
        && (terms == null || hasTerm(terms) && terms.remembers())
        && hazelcast.getPartitionService().isClusterSafe();
  }

  private boolean hasTerm(Terms asked) {
    return hazelcast.getLifecycleService().isRunning() && asked.serves(hazelcast);
  }
}
