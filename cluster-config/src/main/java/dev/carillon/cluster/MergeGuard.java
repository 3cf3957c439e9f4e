package dev.carillon.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.logging.LogEvent;
import com.hazelcast.logging.LogListener;
import dev.carillon.cluster.streams.Surplus;
import dev.carillon.cluster.terms.TermScout;
import dev.carillon.cluster.terms.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this member from merging into a cluster that is not its own. Hazelcast looks for a lost
 * part of the cluster at all addresses that once were members, and joins whatever has the same
 * cluster name there: also somebody else's node that got the address meanwhile.
 *
 * <p>Before a merge, a scout (a second member for a moment, which keeps nothing) joins the target
 * and reads what its members have published. When that does not agree, the merge is stopped by an
 * exception, before anything of this member was given up, and Hazelcast tries again later.
 *
 * <p>The lifecycle listeners of Hazelcast are called in any order, so who wants to know of a merge
 * that goes on is told here.
 */
final class MergeGuard implements LifecycleListener, HazelcastInstanceAware, LogListener {

  private static final Logger LOG = LoggerFactory.getLogger(MergeGuard.class);

  /** The event does not tell the target; the message of the log just before it does. */
  private static final Pattern TARGET = Pattern.compile("is merging.* to \\[([^\\]]+)]:(\\d+)");

  private static final Duration SCOUT_LIMIT = Duration.ofSeconds(5);

  private final ClusterOptions options;
  private final MemberTraits self;
  private final AtomicInteger refusals = new AtomicInteger();

  // Written and read by the threads of Hazelcast that merge.
  private volatile @Nullable NodeAddress target;
  private volatile @Nullable HazelcastInstance member;

  /** Who was named in the log because it could not be looked at, lest it is named each time. */
  private volatile @Nullable NodeAddress silent;

  private final List<Runnable> leaving = new CopyOnWriteArrayList<>();

  MergeGuard(ClusterOptions options, MemberTraits self) {
    this.options = options;
    this.self = self;
  }

  /** How many merges were stopped because the others do not agree. */
  int refusals() {
    return refusals.get();
  }

  /** What else to do when this member is about to go over to the others; called by any thread. */
  void beforeMerge(Runnable action) {
    leaving.add(action);
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance hazelcast) {
    member = hazelcast;
    hazelcast.getLoggingService().addLogListener(Level.WARNING, this);
  }

  @Override
  public void log(LogEvent event) {
    var message = event.getLogRecord().getMessage();
    var named = TARGET.matcher(message == null ? "" : message);
    if (named.find()) {
      target = new NodeAddress(named.group(1), Integer.parseInt(named.group(2)));
    }
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    if (event.getState() != LifecycleState.MERGING) {
      return;
    }
    var into = target;
    target = null;
    if (into == null) {
      throw new IllegalStateException("a merge with unknown nodes (expected: named in the log)");
    }
    pack(check(into));
    leaving.forEach(Runnable::run);
  }

  private boolean check(NodeAddress into) {
    try {
      return scout(into);
    } catch (StartException refused) {
      if (refusals.getAndIncrement() == 0) {
        LOG.warn("This node stays apart from {}: {}", into, refused.getMessage());
      }
      throw new MergeStopped("stays apart from " + into, refused);
    } catch (RuntimeException unanswered) {
      if (!into.equals(silent)) {
        silent = into;
        LOG.info(
            "This node looks again at {} before it goes over: {}", into, unanswered.toString());
      }
      throw new MergeStopped("could not look at " + into + " first", unanswered);
    }
  }

  /** Whether the others have all streams that this member has. */
  private boolean scout(NodeAddress into) {
    var search = new MemberPlace.Search.Target(into, SCOUT_LIMIT);
    var place = new MemberPlace(options.bind(), MemberPlaces.host(options), "", 0, search);
    // Not under its own incarnation: the others take away all that belongs to one that went, and
    // notice the end of the scout when this member may be with them already.
    var config =
        HazelcastConfigs.of(options, self.disguised(), place)
            .setInstanceName("carillon-scout-" + self.process());
    var scout = Hazelcast.newHazelcastInstance(config);
    try {
      new Agreement(self).checkKind(OtherMembers.everyone(scout));
      return haveAll(scout);
    } finally {
      scout.getLifecycleService().terminate();
    }
  }

  private boolean haveAll(HazelcastInstance scout) {
    var terms = Terms.of(merging());
    return terms != null && TermScout.holdAll(scout, terms);
  }

  /** Takes streams along, but not to those that have them all. */
  private void pack(boolean surplus) {
    Surplus.decide(merging(), HazelcastConfigs.STREAMS, surplus);
    if (surplus) {
      LOG.info("The others have all streams of this node: it brings them none");
    }
  }

  /** A listener is told of its member before the first event. */
  private HazelcastInstance merging() {
    return Objects.requireNonNull(member);
  }
}
