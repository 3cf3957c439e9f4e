package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.carillon.stream.ChannelStream;
import dev.carillon.stream.Retention;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What every operation on a stream brings along from its caller, so that all copies decide alike
 * and none of them asks a clock or draws a number.
 *
 * @param newEpoch random; the epoch of the stream if it has to be created
 * @param now milliseconds since 1970 by the caller's clock; the same for all tries of a call
 * @param minMembers data members that must be in the cluster, else the operation is refused
 * @param mayCreate whether there is room for one more stream
 * @param part the partition of the channel
 * @param retention how much of the stream is kept
 */
record StreamCall(
    String newEpoch, long now, int minMembers, boolean mayCreate, int part, Retention retention) {

  /**
   * The stream of the entry, or a new one; null when there is no room for that.
   *
   * @throws SplitBrainProtectionException when too few members are left. Hazelcast's own protection
   *     is told of a lost member a moment too late; this count is taken on the partition's thread.
   * @throws RetryableHazelcastException while a copy has no place, after a member was lost
   */
  @Nullable ChannelStream stream(
      Map.Entry<String, @Nullable StoredStream> entry, HazelcastInstance grid) {
    long members =
        minMembers > 1
            ? grid.getCluster().getMembers().stream().filter(m -> !m.isLiteMember()).count()
            : minMembers;
    if (members < minMembers) {
      throw new SplitBrainProtectionException(
          members + " data members (expected: at least " + minMembers + ")");
    }
    Copies.check(grid, part, minMembers);
    StoredStream stored = entry.getValue();
    if (stored != null) {
      return stored.stream();
    }
    return mayCreate ? new ChannelStream(newEpoch, now) : null;
  }

  /** Puts the stream into the entry; it lives on for as long as its position has to be known. */
  static void store(
      Map.Entry<String, @Nullable StoredStream> entry, StoredStream stream, long lifetime) {
    ((ExtendedMapEntry<String, StoredStream>) entry)
        .setValue(stream, lifetime, TimeUnit.MILLISECONDS);
  }

  void write(WireWriter out) {
    out.string(newEpoch).varint(now).varint(minMembers).bool(mayCreate).varint(part);
    writeRetention(retention, out);
  }

  static StreamCall read(WireReader in) {
    return new StreamCall(
        in.string(), in.varint(), in.int32(), in.bool(), in.int32(), readRetention(in));
  }

  static void writeRetention(Retention retention, WireWriter out) {
    out.varint(retention.publications()).varint(retention.bytes());
    out.varint(retention.millis()).varint(retention.metaMillis());
    out.varint(retention.unpublishedMillis());
  }

  static Retention readRetention(WireReader in) {
    return new Retention(in.int32(), in.int32(), in.varint(), in.varint(), in.varint());
  }
}
