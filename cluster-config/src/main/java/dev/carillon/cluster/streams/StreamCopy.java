package dev.carillon.cluster.streams;

import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.stream.ChannelStream;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole stream on its way to a backup: a new one, or one whose copy may be behind.
 *
 * @param <R> what the processor that it is the backup of returns; this one returns nothing
 */
public final class StreamCopy<R> implements EntryProcessor<String, StoredStream, R>, WireData {

  private static final long serialVersionUID = 1L;

  private transient @Nullable ChannelStream stream;
  private transient long lifetime;

  /** For Hazelcast, which fills it. */
  public StreamCopy() {}

  StreamCopy(ChannelStream stream, long lifetime) {
    this.stream = stream;
    this.lifetime = lifetime;
  }

  @Override
  public @Nullable R process(Map.Entry<String, @Nullable StoredStream> entry) {
    StreamCall.store(entry, Filled.filled(stream), lifetime);
    return null;
  }

  @Override
  public int getClassId() {
    return WireIds.STREAM_COPY;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(lifetime);
    StoredStream.write(Filled.filled(stream), out);
  }

  @Override
  public void read(WireReader in) {
    lifetime = in.varint();
    stream = StoredStream.readStream(in);
  }
}
