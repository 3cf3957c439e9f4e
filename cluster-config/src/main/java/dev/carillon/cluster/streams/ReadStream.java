package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.WireData;
import dev.carillon.stream.ChannelStream;
import dev.carillon.stream.Retention;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a stream, and creates the stream when it does not exist; answers nothing when
 * there is no room for that.
 */
public final class ReadStream
    implements EntryProcessor<String, StoredStream, StoredHistory>,
        HazelcastInstanceAware,
        WireData {

  private static final long serialVersionUID = 1L;

  private transient @Nullable StreamCall call;
  private transient @Nullable HistoryQuery query;
  private transient @Nullable HazelcastInstance grid;
  private transient @Nullable StreamCopy<StoredHistory> backup;

  /** For Hazelcast, which fills it. */
  public ReadStream() {}

  ReadStream(StreamCall call, HistoryQuery query) {
    this.call = call;
    this.query = query;
  }

  @Override
  public @Nullable StoredHistory process(Map.Entry<String, @Nullable StoredStream> entry) {
    StreamCall known = Filled.filled(call);
    ChannelStream stream = known.stream(entry, Filled.filled(grid));
    backup = null;
    if (stream == null) {
      return null;
    }
    Retention retention = known.retention();
    if (entry.getValue() == null || stream.want(retention.unpublishedMillis(), known.now())) {
      long lifetime = stream.lifetime(retention);
      StreamCall.store(entry, stream, lifetime);
      backup = new StreamCopy<>(stream, lifetime);
    }
    return new StoredHistory(stream.read(Filled.filled(query), retention.millis(), known.now()));
  }

  @Override
  public @Nullable EntryProcessor<String, StoredStream, StoredHistory> getBackupProcessor() {
    return backup;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    grid = instance;
  }

  @Override
  public int getClassId() {
    return WireIds.READ;
  }

  @Override
  public void write(WireWriter out) {
    Filled.filled(call).write(out);
    HistoryQuery asked = Filled.filled(query);
    StreamPosition since = asked.since();
    out.bool(since != null);
    if (since != null) {
      StoredPosition.write(since, out);
    }
    out.varint(asked.limit()).bool(asked.reverse());
  }

  @Override
  public void read(WireReader in) {
    call = StreamCall.read(in);
    StreamPosition since = in.bool() ? StoredPosition.readPosition(in) : null;
    query = new HistoryQuery(since, in.int32(), in.bool());
  }
}
