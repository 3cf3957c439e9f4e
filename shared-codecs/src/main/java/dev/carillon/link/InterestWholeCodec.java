package dev.carillon.link;

import dev.carillon.channel.Bytes;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link InterestWhole} on the bus. */
public final class InterestWholeCodec implements WireCodec<InterestWhole> {

  @Override
  public int id() {
    return WireIds.INTEREST_WHOLE;
  }

  @Override
  public Class<InterestWhole> type() {
    return InterestWhole.class;
  }

  @Override
  public void write(InterestWhole value, WireWriter out) {
    out.int64(value.from().high()).int64(value.from().low());
    out.varint(value.number()).int64(value.at()).varint(value.version());
    out.bytes(value.bitmap());
  }

  @Override
  public InterestWhole read(WireReader in) {
    Incarnation from = new Incarnation(in.int64(), in.int64());
    long number = in.varint();
    long at = in.int64();
    long version = in.varint();
    Bytes bitmap = in.bytes();
    if (bitmap.length() != Slots.BYTES) {
      throw new WireException(
          bitmap.length() + " bytes of interest (expected: " + Slots.BYTES + ")");
    }
    return new InterestWhole(from, number, at, version, bitmap);
  }
}
