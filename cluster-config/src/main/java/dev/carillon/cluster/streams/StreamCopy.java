package dev.carillon.cluster.streams;

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
public final class StreamCopy<R> extends BackupOperation<R> {

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
  void apply(Map.Entry<String, @Nullable StoredStream> entry, long term) {
    StreamCall.store(entry, new StoredStream(Filled.filled(stream), term), lifetime);
  }

  @Override
  public int getClassId() {
    return WireIds.STREAM_COPY;
  }

  @Override
  void writeRest(WireWriter out) {
    out.varint(lifetime);
    StoredStream.write(Filled.filled(stream), out);
  }

  @Override
  void readRest(WireReader in) {
    lifetime = in.varint();
    stream = StoredStream.readStream(in);
  }
}
