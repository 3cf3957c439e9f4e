package dev.carillon.cluster.streams;

import dev.carillon.channel.StreamPosition;
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
public final class ConfirmStream<R> extends BackupOperation<R> {

  private static final long serialVersionUID = 1L;

  private transient StreamPosition top = StreamPosition.NONE;

  /** For Hazelcast, which fills it. */
  public ConfirmStream() {}

  ConfirmStream(StreamPosition top) {
    this.top = top;
  }

  @Override
  void apply(Map.Entry<String, @Nullable StoredStream> entry, long term) {
    StoredStream copy = entry.getValue();
    StreamPosition held = copy == null ? StreamPosition.NONE : copy.stream().position();
    if (!held.sameEpoch(top) || held.offset() < top.offset()) {
      throw new IllegalStateException("backup at " + held + " (expected: at " + top + ")");
    }
  }

  @Override
  public int getClassId() {
    return WireIds.CONFIRM;
  }

  @Override
  void writeRest(WireWriter out) {
    StoredPosition.write(top, out);
  }

  @Override
  void readRest(WireReader in) {
    top = StoredPosition.readPosition(in);
  }
}
