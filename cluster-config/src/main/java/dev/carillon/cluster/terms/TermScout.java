package dev.carillon.cluster.terms;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks those that a member is about to go over to how they stand. */
public final class TermScout {

  private static final Logger LOG = LoggerFactory.getLogger(TermScout.class);

  private static final long ANSWER_MILLIS = 2_000;

  private TermScout() {}

  /**
   * Whether the others have everything of worth that this member has: they are in a later term than
   * all that it knows of, and all copies of it were made. What they lose later they would lose
   * without this member as well. Blocks, for 2 s at most.
   *
   * @param scout a member of their cluster
   * @param own the terms of the member that goes over to them
   */
  public static boolean holdAll(HazelcastInstance scout, Terms own) {
    var core = scout.getCluster().getMembers().stream().filter(each -> !each.isLiteMember());
    return core.findFirst().map(oldest -> holdsAll(scout, oldest, own)).orElse(false);
  }

  private static boolean holdsAll(HazelcastInstance scout, Member oldest, Terms own) {
    var question = new TermCall(TermCall.Step.HOLD, new Term(0, Set.of()));
    var asked = scout.getExecutorService(TermKeeper.EXECUTOR).submitToMember(question, oldest);
    try {
      var standing = asked.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS).standing();
      return standing.agrees() && standing.term() > own.state().highest();
    } catch (ExecutionException | TimeoutException silent) {
      LOG.debug("{} does not say what it holds", oldest, silent);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
