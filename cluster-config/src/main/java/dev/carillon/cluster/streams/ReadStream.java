package dev.carillon.cluster.streams;

import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.StreamPosition;
import dev.carillon.stream.ChannelStream;
import dev.carillon.stream.Retention;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a stream. The copies confirm that they stand where the owner does, because an
 * owner that they can't hear any more would show publications that are going to be lost.
 */
public final class ReadStream extends StreamOperation<StoredHistory> {

  private static final long serialVersionUID = 1L;

  private transient @Nullable HistoryQuery query;

  /** For Hazelcast, which fills it. */
  public ReadStream() {}

  ReadStream(StreamCall call, boolean again, HistoryQuery query) {
    super(call, again);
    this.query = query;
  }

  @Override
  Done<StoredHistory> run(ChannelStream stream) {
    Retention retention = call().retention();
    boolean renewed = stream.want(retention.unpublishedMillis(), call().now());
    return new Done<>(
        stream,
        renewed,
        renewed || again() ? null : new ConfirmStream<>(stream.position()),
        new StoredHistory(stream.read(Filled.filled(query), retention.millis(), call().now())));
  }

  @Override
  public int getClassId() {
    return WireIds.READ;
  }

  @Override
  void writeRest(WireWriter out) {
    HistoryQuery asked = Filled.filled(query);
    StreamPosition since = asked.since();
    out.bool(since != null);
    if (since != null) {
      StoredPosition.write(since, out);
    }
    out.varint(asked.limit()).bool(asked.reverse());
  }

  @Override
  void readRest(WireReader in) {
    StreamPosition since = in.bool() ? StoredPosition.readPosition(in) : null;
    query = new HistoryQuery(since, in.int32(), in.bool());
  }
}
