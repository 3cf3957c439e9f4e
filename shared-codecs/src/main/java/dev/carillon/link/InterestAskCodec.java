package dev.carillon.link;

import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link InterestAsk} on the bus. */
public final class InterestAskCodec implements WireCodec<InterestAsk> {

  @Override
  public int id() {
    return WireIds.INTEREST_ASK;
  }

  @Override
  public Class<InterestAsk> type() {
    return InterestAsk.class;
  }

  @Override
  public void write(InterestAsk value, WireWriter out) {
    out.int64(value.from().high()).int64(value.from().low());
    out.varint(value.number()).varint(value.known()).int64(value.at());
  }

  @Override
  public InterestAsk read(WireReader in) {
    return new InterestAsk(
        new Incarnation(in.int64(), in.int64()), in.varint(), in.varint(), in.int64());
  }
}
