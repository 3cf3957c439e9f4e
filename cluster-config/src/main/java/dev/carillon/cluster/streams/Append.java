package dev.carillon.cluster.streams;

import dev.carillon.channel.NewPublication;
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

/**
 * Appends publications to the stream of a channel, in one step. A try that comes so late that the
 * stream may have stored and forgotten them changes nothing.
 */
public final class Append extends StreamOperation<StoredAppend> {

  private static final long serialVersionUID = 1L;

  /** A publication with its key, which travels as 16 bytes whatever its length was. */
  record Entry(NewPublication publication, IdempotencyKey key) {

    static Entry of(NewPublication publication) {
      IdempotencyKey key = IdempotencyKey.of(publication.idempotencyKey());
      return new Entry(publication.withIdempotencyKey(""), key);
    }
  }

  private transient List<Entry> entries = List.of();

  /** For Hazelcast, which fills it. */
  public Append() {}

  Append(StreamCall call, boolean again, List<Entry> entries) {
    super(call, again);
    this.entries = List.copyOf(entries);
  }

  @Override
  Done<StoredAppend> run(ChannelStream stream) {
    long now = call().now();
    if (stream.mayHaveForgotten(entries.stream().map(Entry::key), now)) {
      StreamPosition top = stream.position();
      return new Done<>(
          stream, false, new ConfirmStream<>(top), StoredAppend.of(top.epoch(), List.of()));
    }
    Retention retention = call().retention();
    List<StoredPublication> stored = new ArrayList<>(entries.size());
    for (Entry each : entries) {
      stored.add(stream.append(each.publication(), each.key(), retention, now));
    }
    List<StoredPublication> fresh = stored.stream().filter(one -> !one.duplicate()).toList();
    boolean unknown = again() && fresh.size() < stored.size();
    return new Done<>(
        stream,
        true,
        unknown ? null : new AppendBackup(stream.position(), fresh, retention),
        StoredAppend.of(stream.position().epoch(), stored));
  }

  @Override
  public int getClassId() {
    return WireIds.APPEND;
  }

  @Override
  void writeRest(WireWriter out) {
    out.varint(entries.size());
    for (Entry entry : entries) {
      StoredStream.writeKey(entry.key(), out);
      PublicationCodec.writeContent(entry.publication(), out);
      out.bool(entry.publication().delta());
    }
  }

  @Override
  void readRest(WireReader in) {
    int count = in.count();
    List<Entry> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(readEntry(in));
    }
    entries = List.copyOf(all);
  }

  private static Entry readEntry(WireReader in) {
    IdempotencyKey key = StoredStream.readKey(in);
    return new Entry(PublicationCodec.readContent(in).withDelta(in.bool()), key);
  }
}
