package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.WireData;
import dev.carillon.stream.ChannelStream;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a stream a new epoch when it stands before a position that somebody saw. Answers nothing
 * when it does not exist and there is no room for it.
 */
public final class EnsureStream
    implements EntryProcessor<String, StoredStream, StoredPosition>,
        HazelcastInstanceAware,
        WireData {

  private static final long serialVersionUID = 1L;

  private transient @Nullable StreamCall call;
  private transient @Nullable StreamPosition observed;
  private transient @Nullable HazelcastInstance grid;
  private transient @Nullable StreamCopy<StoredPosition> backup;

  /** For Hazelcast, which fills it. */
  public EnsureStream() {}

  EnsureStream(StreamCall call, StreamPosition observed) {
    this.call = call;
    this.observed = observed;
  }

  @Override
  public @Nullable StoredPosition process(Map.Entry<String, @Nullable StoredStream> entry) {
    StreamCall known = Filled.filled(call);
    ChannelStream before = known.stream(entry, Filled.filled(grid));
    if (before == null) {
      return null;
    }
    ChannelStream stream = before.ensure(Filled.filled(observed), known.newEpoch(), known.now());
    long lifetime = stream.lifetime(known.retention());
    StreamCall.store(entry, stream, lifetime);
    // Rare enough for a copy each time, which also repairs a backup that is behind.
    backup = new StreamCopy<>(stream, lifetime);
    return new StoredPosition(stream.position());
  }

  @Override
  public @Nullable EntryProcessor<String, StoredStream, StoredPosition> getBackupProcessor() {
    return backup;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    grid = instance;
  }

  @Override
  public int getClassId() {
    return WireIds.ENSURE;
  }

  @Override
  public void write(WireWriter out) {
    Filled.filled(call).write(out);
    StoredPosition.write(Filled.filled(observed), out);
  }

  @Override
  public void read(WireReader in) {
    call = StreamCall.read(in);
    observed = StoredPosition.readPosition(in);
  }
}
