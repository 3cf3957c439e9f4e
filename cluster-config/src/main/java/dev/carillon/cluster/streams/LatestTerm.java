package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.spi.merge.MergingEntry;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import dev.carillon.cluster.WireData;
import dev.carillon.cluster.terms.Terms;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * Where two parts of a cluster meet, the copy of the later term wins. A part that is in a term has
 * everything that was acknowledged, so it takes nothing.
 */
public final class LatestTerm
    implements SplitBrainMergePolicy<
            StoredStream, MergingEntry<Object, StoredStream>, @Nullable StoredStream>,
        HazelcastInstanceAware,
        WireData {

  private @Nullable HazelcastInstance grid;

  /** For Hazelcast, which makes it by this constructor. */
  public LatestTerm() {}

  @Override
  public @Nullable StoredStream merge(
      MergingEntry<Object, StoredStream> coming,
      @Nullable MergingEntry<Object, StoredStream> existing) {
    HazelcastInstance member = Filled.filled(grid);
    Terms terms = Terms.of(member);
    StoredStream here = existing == null ? null : existing.getDeserializedValue();
    if (terms != null && terms.serves(member)) {
      return here;
    }
    StoredStream other = coming.getDeserializedValue();
    if (here != null && !other.isLaterThan(here)) {
      return here;
    }
    // Who has seen the changes of this partition so far has not seen this one.
    ChangeLogs.of(member).forget(partition(member, coming.getRawKey()));
    return other;
  }

  private static int partition(HazelcastInstance member, Object key) {
    return member.getPartitionService().getPartition(key).getPartitionId();
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    grid = instance;
  }

  @Override
  public int getClassId() {
    return WireIds.LATEST_TERM;
  }

  @Override
  public void write(WireWriter out) {}

  @Override
  public void read(WireReader in) {}
}
