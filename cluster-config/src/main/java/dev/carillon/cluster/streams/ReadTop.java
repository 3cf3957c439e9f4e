package dev.carillon.cluster.streams;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells where a stream stands; creates none. */
public final class ReadTop
    implements EntryProcessor<String, StoredStream, StoredPosition>, ReadOnly, WireData {

  private static final long serialVersionUID = 1L;

  /** It has no fields. */
  public ReadTop() {}

  @Override
  public @Nullable StoredPosition process(Map.Entry<String, @Nullable StoredStream> entry) {
    StoredStream stored = entry.getValue();
    return stored == null ? null : new StoredPosition(stored.stream().position());
  }

  @Override
  public @Nullable EntryProcessor<String, StoredStream, StoredPosition> getBackupProcessor() {
    return null;
  }

  @Override
  public int getClassId() {
    return WireIds.TOP;
  }

  @Override
  public void write(WireWriter out) {}

  @Override
  public void read(WireReader in) {}
}
