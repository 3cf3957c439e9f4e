package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.cluster.terms.Terms;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation on a stream does to a copy of it. A copy whose member knows of a later term
 * than the owner's does not take part: the owner was left behind by the others.
 *
 * @param <R> what the operation answers; this one answers nothing
 */
abstract class BackupOperation<R>
    implements EntryProcessor<String, StoredStream, R>, HazelcastInstanceAware, WireData {

  private static final long serialVersionUID = 1L;

  private transient long term;
  private transient @Nullable HazelcastInstance grid;

  /** For Hazelcast, which fills it. */
  BackupOperation() {}

  /** Of the term in which the owner does it. */
  final BackupOperation<R> in(long now) {
    term = now;
    return this;
  }

  /**
   * @throws IllegalStateException when the copy misses something; then it does not acknowledge
   */
  abstract void apply(Map.Entry<String, @Nullable StoredStream> entry, long now);

  abstract void writeRest(WireWriter out);

  abstract void readRest(WireReader in);

  @Override
  public final @Nullable R process(Map.Entry<String, @Nullable StoredStream> entry) {
    Terms.admit(Filled.filled(grid), term);
    apply(entry, term);
    return null;
  }

  @Override
  public final void setHazelcastInstance(HazelcastInstance instance) {
    grid = instance;
  }

  @Override
  public final void write(WireWriter out) {
    out.varint(term);
    writeRest(out);
  }

  @Override
  public final void read(WireReader in) {
    term = in.varint();
    readRest(in);
  }
}
