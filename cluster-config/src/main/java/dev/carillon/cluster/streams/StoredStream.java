package dev.carillon.cluster.streams;

import dev.carillon.channel.Publication;
import dev.carillon.channel.PublicationCodec;
import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.WireData;
import dev.carillon.stream.ChannelStream;
import dev.carillon.stream.IdempotencyKey;
import dev.carillon.stream.RememberedKey;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stream, the value of the map. Kept as an object, so that an append costs nothing for what is
 * already there; it is written as bytes only when its partition moves. Used by the thread of its
 * partition only.
 */
public final class StoredStream implements WireData {

  private static final PublicationCodec PUBLICATION = new PublicationCodec();

  private @Nullable ChannelStream stream;
  private long term;

  /** For Hazelcast, which fills it. */
  public StoredStream() {}

  /**
   * @param term in which it was changed last
   */
  StoredStream(ChannelStream stream, long term) {
    this.stream = stream;
    this.term = term;
  }

  long term() {
    return term;
  }

  /**
   * Whether this copy is to be kept and not the other one. In one term a copy that has more of the
   * same stream has all that the other one has.
   */
  boolean isLaterThan(StoredStream other) {
    StreamPosition own = stream().position();
    StreamPosition others = other.stream().position();
    return term > other.term
        || term == other.term && own.sameEpoch(others) && own.offset() > others.offset();
  }

  ChannelStream stream() {
    if (stream == null) {
      throw new IllegalStateException("empty (expected: a stream that was read or made)");
    }
    return stream;
  }

  @Override
  public int getClassId() {
    return WireIds.STORED_STREAM;
  }

  @Override
  public void write(WireWriter out) {
    out.varint(term);
    write(stream(), out);
  }

  @Override
  public void read(WireReader in) {
    term = in.varint();
    stream = readStream(in);
  }

  static void write(ChannelStream stream, WireWriter out) {
    StreamPosition top = stream.position();
    out.string(top.epoch()).varint(top.offset());
    out.varint(stream.changed()).varint(stream.keepMillis());
    List<Publication> publications = stream.publications();
    out.varint(publications.size());
    publications.forEach(publication -> PUBLICATION.write(publication, out));
    List<RememberedKey> keys = stream.keys();
    out.varint(keys.size());
    for (RememberedKey key : keys) {
      writeKey(key.key(), out);
      out.varint(key.offset()).varint(key.time());
    }
  }

  static ChannelStream readStream(WireReader in) {
    String epoch = in.string();
    StreamPosition top = new StreamPosition(in.varint(), epoch);
    long changed = in.varint();
    long keepMillis = in.varint();
    int count = in.count();
    List<Publication> publications = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      publications.add(PUBLICATION.read(in));
    }
    int remembered = in.count();
    List<RememberedKey> keys = new ArrayList<>(remembered);
    for (int i = 0; i < remembered; i++) {
      keys.add(new RememberedKey(readKey(in), in.varint(), in.varint()));
    }
    return ChannelStream.restore(top, changed, keepMillis, publications, keys);
  }

  static void writeKey(IdempotencyKey key, WireWriter out) {
    out.int64(key.high()).int64(key.low());
  }

  static IdempotencyKey readKey(WireReader in) {
    return new IdempotencyKey(in.int64(), in.int64());
  }
}
