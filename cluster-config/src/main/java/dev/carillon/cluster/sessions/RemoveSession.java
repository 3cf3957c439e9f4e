package dev.carillon.cluster.sessions;

import com.hazelcast.map.EntryProcessor;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes a row; many of them in one operation for each partition. */
public final class RemoveSession
    implements EntryProcessor<String, @Nullable StoredSession, @Nullable Void>, WireData {

  @Override
  public @Nullable Void process(Map.Entry<String, @Nullable StoredSession> entry) {
    entry.setValue(null);
    return null;
  }

  @Override
  public int getClassId() {
    return WireIds.REMOVE_SESSION;
  }

  @Override
  public void write(WireWriter out) {}

  @Override
  public void read(WireReader in) {}
}
