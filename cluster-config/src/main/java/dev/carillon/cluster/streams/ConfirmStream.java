package dev.carillon.cluster.streams;

import com.hazelcast.map.EntryProcessor;
import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a backup whether it holds what its owner is about to show. Changes nothing.
 *
 * @param <R> what the processor that it is the backup of returns; this one returns nothing
 */
public final class ConfirmStream<R> implements EntryProcessor<String, StoredStream, R>, WireData {

  private static final long serialVersionUID = 1L;

  private transient StreamPosition top = StreamPosition.NONE;

  /** For Hazelcast, which fills it. */
  public ConfirmStream() {}

  ConfirmStream(StreamPosition top) {
    this.top = top;
  }

  /**
   * @throws IllegalStateException when this copy misses something; then it does not acknowledge
   */
  @Override
  public @Nullable R process(Map.Entry<String, @Nullable StoredStream> entry) {
    StoredStream copy = entry.getValue();
    StreamPosition held = copy == null ? StreamPosition.NONE : copy.stream().position();
    if (!held.sameEpoch(top) || held.offset() < top.offset()) {
      throw new IllegalStateException("backup at " + held + " (expected: at " + top + ")");
    }
    return null;
  }

  @Override
  public int getClassId() {
    return WireIds.CONFIRM;
  }

  @Override
  public void write(WireWriter out) {
    StoredPosition.write(top, out);
  }

  @Override
  public void read(WireReader in) {
    top = StoredPosition.readPosition(in);
  }
}
