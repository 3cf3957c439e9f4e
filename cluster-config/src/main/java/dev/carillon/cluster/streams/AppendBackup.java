package dev.carillon.cluster.streams;

import dev.carillon.channel.PublicationCodec;
import dev.carillon.channel.StreamPosition;
import dev.carillon.stream.ChannelStream;
import dev.carillon.stream.IdempotencyKey;
import dev.carillon.stream.Retention;
import dev.carillon.stream.StoredPublication;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an owner appended, on its way to a backup; nothing when all of it was stored before. */
public final class AppendBackup extends BackupOperation<StoredAppend> {

  private static final long serialVersionUID = 1L;
  private static final PublicationCodec PUBLICATION = new PublicationCodec();

  private transient StreamPosition top = StreamPosition.NONE;
  private transient List<StoredPublication> stored = List.of();
  private transient @Nullable Retention retention;

  /** For Hazelcast, which fills it. */
  public AppendBackup() {}

  /**
   * @param top where the stream stands after it
   */
  AppendBackup(StreamPosition top, List<StoredPublication> stored, Retention retention) {
    this.top = top;
    this.stored = List.copyOf(stored);
    this.retention = retention;
  }

  /**
   * @throws IllegalStateException when this copy misses something. Then it does not acknowledge, so
   *     the owner's outcome is uncertain and repeated, and Hazelcast sees that the copy is behind.
   */
  @Override
  void apply(Map.Entry<String, @Nullable StoredStream> entry, long term) {
    StoredStream copy = entry.getValue();
    ChannelStream stream = copy == null ? null : copy.stream();
    Retention kept = Filled.filled(retention);
    boolean complete = stream != null && stored.stream().allMatch(x -> stream.replicate(x, kept));
    if (stream == null || !complete || !stream.position().equals(top)) {
      throw new IllegalStateException(
          "backup at "
              + (stream == null ? "nothing" : stream.position())
              + " (expected: "
              + top
              + " after "
              + stored.size()
              + " publications)");
    }
    StreamCall.store(entry, new StoredStream(stream, term), stream.lifetime(kept));
  }

  @Override
  public int getClassId() {
    return WireIds.APPEND_BACKUP;
  }

  @Override
  void writeRest(WireWriter out) {
    StoredPosition.write(top, out);
    StreamCall.writeRetention(Filled.filled(retention), out);
    out.varint(stored.size());
    for (StoredPublication each : stored) {
      StoredStream.writeKey(each.key(), out);
      PUBLICATION.write(each.publication(), out);
    }
  }

  @Override
  void readRest(WireReader in) {
    top = StoredPosition.readPosition(in);
    retention = StreamCall.readRetention(in);
    int count = in.count();
    List<StoredPublication> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(read(StoredStream.readKey(in), in));
    }
    stored = List.copyOf(all);
  }

  private static StoredPublication read(IdempotencyKey key, WireReader in) {
    return new StoredPublication(PUBLICATION.read(in), key, false);
  }
}
