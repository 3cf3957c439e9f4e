package dev.carillon.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.splitbrainprotection.HeartbeatAware;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionFunction;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Whether enough members were heard lately, by the time at which this one heard them. Hazelcast's
 * own function compares the clock of the sender with the wall clock here, so that a node whose
 * clock is some seconds ahead of the others' refuses everything for as long as it is.
 *
 * <p>Hazelcast never calls it from two threads at once.
 */
final class RecentlyHeard implements SplitBrainProtectionFunction, HeartbeatAware {

  private final int majority;
  private final long recentNanos;
  private final LongSupplier nanoTime;
  private final Map<UUID, Long> heard = new HashMap<>();

  /**
   * @param majority members that make one, this one among them
   * @param recentMillis a member that was silent for longer does not count
   * @param nanoTime as {@link System#nanoTime}
   */
  RecentlyHeard(int majority, long recentMillis, LongSupplier nanoTime) {
    this.majority = majority;
    this.recentNanos = recentMillis * 1_000_000;
    this.nanoTime = nanoTime;
  }

  @Override
  public void onHeartbeat(Member member, long sent) {
    heard.put(member.getUuid(), nanoTime.getAsLong());
  }

  @Override
  public boolean apply(Collection<Member> members) {
    heard.keySet().retainAll(members.stream().map(Member::getUuid).toList());
    long now = nanoTime.getAsLong();
    return members.stream().filter(member -> counts(member, now)).count() >= majority;
  }

  private boolean counts(Member member, long now) {
    Long last = heard.get(member.getUuid());
    return member.localMember() || last != null && now - last < recentNanos;
  }
}
