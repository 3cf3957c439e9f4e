package dev.carillon.cluster.streams;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drops publications that are too old. The copies do the same with the same time; one that does not
 * keeps them a little longer, which harms nobody.
 */
public final class ExpireStream implements EntryProcessor<String, StoredStream, Boolean>, WireData {

  private static final long serialVersionUID = 1L;

  private transient long now;

  /** For Hazelcast, which fills it. */
  public ExpireStream() {}

  ExpireStream(long now) {
    this.now = now;
  }

  /** Says whether there were any, and nothing when not, which keeps the answer small. */
  @Override
  public @Nullable Boolean process(Map.Entry<String, @Nullable StoredStream> entry) {
    StoredStream stored = entry.getValue();
    if (stored == null || !stored.stream().expire(now)) {
      return null;
    }
    ((ExtendedMapEntry<String, StoredStream>) entry).setValueWithoutChangingExpiryTime(stored);
    return true;
  }

  @Override
  public int getClassId() {
    return WireIds.EXPIRE;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(now);
  }

  @Override
  public void read(WireReader in) {
    now = in.varint();
  }
}
