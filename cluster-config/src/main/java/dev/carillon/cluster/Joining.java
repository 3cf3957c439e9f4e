package dev.carillon.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import dev.carillon.cluster.OtherMembers.Sign;
import dev.carillon.cluster.StartException.Reason;
import dev.carillon.cluster.streams.ChangeLogs;
import dev.carillon.cluster.terms.TermKeeper;
import dev.carillon.cluster.terms.Terms;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into the cluster: find it, become a member that keeps nothing, agree, become a full one.
 * Everything here blocks and runs on a thread of its own before the node has an event loop.
 */
final class Joining {

  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

  /** How long a member that stands in the way may take to leave again. */
  private static final Duration AGREEMENT_LIMIT = Duration.ofSeconds(15);

  private static final long LOOK_AGAIN_MILLIS = 20;

  /** Tries when other processes take the port between the look and the bind. */
  private static final int BIND_TRIES = 20;

  private final NodeSettings settings;
  private final MemberTraits self;
  private final MergeGuard guard;

  Joining(NodeSettings settings, MemberTraits self, MergeGuard guard) {
    this.settings = settings;
    this.self = self;
    this.guard = guard;
  }

  /**
   * Joins, or forms the cluster when that is what the options say.
   *
   * @return a running member that agrees with the others, and is a data member if it is a core node
   * @throws StartException when it can't; nothing of the attempt is left then
   */
  HazelcastInstance join() {
    var place = new MemberPlaces(settings).find();
    var hazelcast = start(place);
    try {
      if (place.search() instanceof MemberPlace.Search.Target target) {
        checkCompany(hazelcast, target);
      }
      agree(hazelcast);
      enter(hazelcast);
      keepTerms(hazelcast);
      // The first use of a map waits for the other members, which no event loop may do.
      HazelcastConfigs.MAPS.forEach(hazelcast::getMap);
      return hazelcast;
    } catch (RuntimeException refused) {
      hazelcast.getLifecycleService().terminate();
      throw refused;
    }
  }

  private HazelcastInstance start(MemberPlace first) {
    var place = first;
    for (int tries = 1; ; tries++) {
      var watch = new JoinWatch();
      try {
        return Hazelcast.newHazelcastInstance(config(place, watch));
      } catch (RuntimeException failed) {
        if (!taken(failed) || !settings.portMoves() || tries == BIND_TRIES) {
          throw explain(failed, place, watch);
        }
        place = place.withPort(MemberPlaces.freePort(settings));
      }
    }
  }

  private Config config(MemberPlace place, JoinWatch watch) {
    var config = HazelcastConfigs.of(settings.cluster(), self, place);
    ChangeLogs.install(
        config.getUserContext(),
        HazelcastConfigs.PARTITIONS,
        settings.limits().streams().changeLogChannels());
    if (hasTerms()) {
      var terms = Terms.install(config.getUserContext());
      guard.beforeMerge(() -> terms.merging(true));
      config.addListenerConfig(new ListenerConfig(afterMerge(() -> terms.merging(false))));
    }
    return config
        .setInstanceName("carillon-" + self.process())
        .addListenerConfig(new ListenerConfig(watch))
        .addListenerConfig(new ListenerConfig(guard));
  }

  private static LifecycleListener afterMerge(Runnable action) {
    return event -> {
      if (event.getState() == LifecycleState.MERGED) {
        action.run();
      }
    };
  }

  /** Where a majority is expected, and this member keeps streams. */
  private boolean hasTerms() {
    return settings.cluster().guarded() && self.role() == Role.CORE && settings.engine() == null;
  }

  private static boolean taken(@Nullable Throwable failure) {
    return failure != null && (failure instanceof BindException || taken(failure.getCause()));
  }

  private RuntimeException explain(RuntimeException failed, MemberPlace place, JoinWatch watch) {
    if (taken(failed)) {
      return new StartException(
          Reason.PORT_TAKEN,
          "cluster.port",
          "cluster.port = " + place.port() + " (expected: a free port)");
    }
    var other = watch.sawOtherName();
    if (other != null) {
      return new StartException(
          Reason.OTHER_CLUSTER,
          "cluster.name",
          "cluster.name = "
              + settings.cluster().name()
              + " (expected: the name of the cluster at "
              + (place.search() instanceof MemberPlace.Search.Target target
                  ? target.member()
                  : other)
              + ", which is another one): set cluster.name to it, or join another node");
    }
    if (!(place.search() instanceof MemberPlace.Search.Target target)) {
      return failed;
    }
    var named = "cluster.join = " + target.member();
    if (!JoinProbe.answers(target.member())) {
      return new StartException(
          Reason.NOBODY_ANSWERED,
          "cluster.join",
          named + " (expected: a running node; it went away while this one joined)");
    }
    return new StartException(
        Reason.NOT_ADMITTED,
        "cluster.join",
        named + " (expected: the cluster port of a node; what listens there let nobody in)");
  }

  /** Hazelcast makes a member its own master when the target turns out to be its own address. */
  private static void checkCompany(HazelcastInstance hazelcast, MemberPlace.Search.Target target) {
    if (hazelcast.getCluster().getMembers().size() == 1) {
      throw new StartException(
          Reason.NOBODY_ANSWERED,
          "cluster.join",
          "cluster.join = " + target.member() + " (expected: another node that is running)");
    }
  }

  /** A gateway looks again afterwards: who came meanwhile did not know that it is admitted. */
  private void enter(HazelcastInstance hazelcast) {
    if (self.role() == Role.CORE) {
      Admission.admit(hazelcast, self, settings.cluster());
      return;
    }
    awaitCore(hazelcast);
    agree(hazelcast);
    Admission.admit(hazelcast, self, settings.cluster());
    try {
      agree(hazelcast);
    } catch (StartException refused) {
      Admission.withdraw(hazelcast);
      throw refused;
    }
  }

  private void keepTerms(HazelcastInstance hazelcast) {
    var terms = Terms.of(hazelcast);
    if (terms != null) {
      TermKeeper.start(hazelcast, terms, settings.cluster().expectedMembers());
    }
  }

  private void awaitCore(HazelcastInstance hazelcast) {
    long deadline = System.nanoTime() + settings.cluster().joinTimeout().toNanos();
    while (Admission.coreMembers(hazelcast) == 0) {
      if (System.nanoTime() > deadline) {
        throw Admission.nobodyKeepsData(Reason.NOBODY_ANSWERED, settings.cluster());
      }
      pause();
    }
  }

  private void agree(HazelcastInstance hazelcast) {
    var agreement = new Agreement(self);
    long deadline = System.nanoTime() + AGREEMENT_LIMIT.toNanos();
    while (agreement.check(OtherMembers.of(hazelcast, self, Sign.ASKED))
        == Agreement.Verdict.WAIT) {
      if (System.nanoTime() > deadline) {
        LOG.debug("Who stands in the way did not leave");
        agreement.check(OtherMembers.of(hazelcast, self, Sign.NONE));
        return;
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while joining", stopped);
    }
  }
}
