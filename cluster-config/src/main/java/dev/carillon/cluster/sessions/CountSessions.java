package dev.carillon.cluster.sessions;

import com.hazelcast.aggregation.Aggregator;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import java.util.TreeMap;

/** Counts the rows of each owner on the members that have them. */
public final class CountSessions
    implements Aggregator<Map.Entry<String, StoredSession>, Map<Incarnation, Integer>>, WireData {

  private final Map<Incarnation, Integer> counts = new TreeMap<>();

  @Override
  public void accumulate(Map.Entry<String, StoredSession> entry) {
    counts.merge(entry.getValue().row().owner(), 1, Integer::sum);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void combine(Aggregator other) {
    ((CountSessions) other).counts.forEach((owner, n) -> counts.merge(owner, n, Integer::sum));
  }

  @Override
  public Map<Incarnation, Integer> aggregate() {
    return Map.copyOf(counts);
  }

  @Override
  public int getClassId() {
    return WireIds.COUNT_SESSIONS;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(counts.size());
    counts.forEach((owner, n) -> out.int64(owner.high()).int64(owner.low()).varint(n));
  }

  @Override
  public void read(WireReader in) {
    for (int left = in.count(); left > 0; left--) {
      counts.put(new Incarnation(in.int64(), in.int64()), in.int32());
    }
  }
}
