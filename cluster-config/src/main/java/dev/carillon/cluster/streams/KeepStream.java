package dev.carillon.cluster.streams;

import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.stream.ChannelStream;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets a stream that was never published to live on. The copies do the same with the same time. */
public final class KeepStream implements EntryProcessor<String, StoredStream, Boolean>, WireData {

  private static final long serialVersionUID = 1L;

  private transient long lifetime;
  private transient long now;

  /** For Hazelcast, which fills it. */
  public KeepStream() {}

  KeepStream(long lifetime, long now) {
    this.lifetime = lifetime;
    this.now = now;
  }

  /** Says whether it was renewed, and nothing when not, which keeps the answer small. */
  @Override
  public @Nullable Boolean process(Map.Entry<String, @Nullable StoredStream> entry) {
    StoredStream stored = entry.getValue();
    ChannelStream stream = stored == null ? null : stored.stream();
    if (stream == null || !stream.want(lifetime, now)) {
      return null;
    }
    StreamCall.store(entry, new StoredStream(stream, stored.term()), lifetime);
    return true;
  }

  @Override
  public int getClassId() {
    return WireIds.KEEP;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(lifetime).varint(now);
  }

  @Override
  public void read(WireReader in) {
    lifetime = in.varint();
    now = in.varint();
  }
}
