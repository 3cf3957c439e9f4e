package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.partition.Partition;
import dev.carillon.cluster.WireData;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the member that it comes to for what changed in partitions it owns. The key it is sent to
 * has no entry: it only leads to the member.
 */
public final class ReadChanges
    implements EntryProcessor<String, StoredStream, StoredChanges>,
        HazelcastInstanceAware,
        ReadOnly,
        WireData {

  private static final long serialVersionUID = 1L;

  private transient Map<Integer, ChangeVersion> seen = Map.of();
  private transient @Nullable HazelcastInstance grid;

  /** For Hazelcast, which fills it. */
  public ReadChanges() {}

  ReadChanges(Map<Integer, ChangeVersion> seen) {
    this.seen = Map.copyOf(seen);
  }

  @Override
  public StoredChanges process(Map.Entry<String, @Nullable StoredStream> entry) {
    HazelcastInstance member = Filled.filled(grid);
    Set<Integer> own = new HashSet<>();
    for (Partition partition : member.getPartitionService().getPartitions()) {
      var owner = partition.getOwner();
      if (owner != null && owner.localMember()) {
        own.add(partition.getPartitionId());
      }
    }
    return new StoredChanges(ChangeLogs.of(member).since(seen, own::contains));
  }

  @Override
  public @Nullable EntryProcessor<String, StoredStream, StoredChanges> getBackupProcessor() {
    return null;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    grid = instance;
  }

  @Override
  public int getClassId() {
    return WireIds.READ_CHANGES;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(seen.size());
    seen.forEach(
        (part, version) -> {
          out.varint(part);
          StoredChanges.write(version, out);
        });
  }

  @Override
  public void read(WireReader in) {
    int count = in.count();
    Map<Integer, ChangeVersion> all = new HashMap<>(count * 2);
    for (int i = 0; i < count; i++) {
      all.put(in.int32(), StoredChanges.readVersion(in));
    }
    seen = Map.copyOf(all);
  }
}
