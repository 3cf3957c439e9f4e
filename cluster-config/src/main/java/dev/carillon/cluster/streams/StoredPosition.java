package dev.carillon.cluster.streams;

import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** A {@link StreamPosition} as an answer. */
public final class StoredPosition implements WireData {

  private StreamPosition position = StreamPosition.NONE;

  /** For Hazelcast, which fills it. */
  public StoredPosition() {}

  StoredPosition(StreamPosition position) {
    this.position = position;
  }

  StreamPosition position() {
    return position;
  }

  @Override
  public int getClassId() {
    return WireIds.STORED_POSITION;
  }

  @Override
  public void write(WireWriter out) {
    write(position, out);
  }

  @Override
  public void read(WireReader in) {
    position = readPosition(in);
  }

  static void write(StreamPosition position, WireWriter out) {
    out.varint(position.offset()).string(position.epoch());
  }

  static StreamPosition readPosition(WireReader in) {
    return new StreamPosition(in.varint(), in.string());
  }
}
