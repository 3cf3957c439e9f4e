package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import dev.carillon.channel.StreamPosition;
import dev.carillon.stream.ChangeLog;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;

/**
 * The logs of the partitions that one member owns, where its entry processors find them. A log is
 * filled by the thread of its partition and read by any; it stays behind when the partition leaves,
 * and is thrown away then.
 */
public final class ChangeLogs {

  /** In the user context of the member. */
  private static final String KEY = "carillon.changes";

  private final int capacity;
  private final AtomicReferenceArray<ChangeLog> logs;

  private ChangeLogs(int partitions, int capacity) {
    this.capacity = capacity;
    this.logs = new AtomicReferenceArray<>(partitions);
  }

  /**
   * Gives a member its logs, before it starts.
   *
   * @param capacity channels of a partition whose last changes are remembered
   */
  public static void install(Map<String, Object> userContext, int partitions, int capacity) {
    userContext.put(KEY, new ChangeLogs(partitions, capacity));
  }

  static ChangeLogs of(HazelcastInstance grid) {
    if (grid.getUserContext().get(KEY) instanceof ChangeLogs logs) {
      return logs;
    }
    throw new IllegalStateException("no logs (expected: installed before the member started)");
  }

  void record(int partition, String channel, StreamPosition top) {
    log(partition).record(channel, top);
  }

  /**
   * What changed in these partitions since.
   *
   * @param own whether this member owns the partition; it knows nothing of the others
   */
  List<Changes> since(Map<Integer, ChangeVersion> seen, IntPredicate own) {
    List<Changes> all = new ArrayList<>();
    seen.forEach(
        (partition, version) -> {
          Changes changes = own.test(partition) ? log(partition).since(version) : null;
          if (changes != null) {
            all.add(changes);
          }
        });
    return all;
  }

  /** This member does not own the partition any more; when it does again, the log is another. */
  void forget(int partition) {
    logs.set(partition, null);
  }

  void forgetAll() {
    for (int partition = 0; partition < logs.length(); partition++) {
      forget(partition);
    }
  }

  private ChangeLog log(int partition) {
    ChangeLog log = logs.get(partition);
    if (log != null) {
      return log;
    }
    long id = ThreadLocalRandom.current().nextLong() | 1;
    logs.compareAndSet(partition, null, new ChangeLog(partition, id, capacity));
    // Whoever was first; and when it was forgotten meanwhile, one that nobody gets to know.
    ChangeLog made = logs.get(partition);
    return made == null ? new ChangeLog(partition, id, capacity) : made;
  }
}
