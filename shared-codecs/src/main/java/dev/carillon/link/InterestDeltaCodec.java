package dev.carillon.link;

import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** {@link InterestDelta} on the bus. */
public final class InterestDeltaCodec implements WireCodec<InterestDelta> {

  @Override
  public int id() {
    return WireIds.INTEREST_DELTA;
  }

  @Override
  public Class<InterestDelta> type() {
    return InterestDelta.class;
  }

  @Override
  public void write(InterestDelta value, WireWriter out) {
    out.int64(value.from().high()).int64(value.from().low());
    out.varint(value.number()).int64(value.at());
    out.varint(value.base()).varint(value.version());
    writeSlots(value.set(), out);
    writeSlots(value.cleared(), out);
  }

  @Override
  public InterestDelta read(WireReader in) {
    Incarnation from = new Incarnation(in.int64(), in.int64());
    long number = in.varint();
    long at = in.int64();
    long base = in.varint();
    long version = in.varint();
    return new InterestDelta(from, number, at, base, version, readSlots(in), readSlots(in));
  }

  private static void writeSlots(List<Integer> slots, WireWriter out) {
    out.varint(slots.size());
    slots.forEach(out::varint);
  }

  private static List<Integer> readSlots(WireReader in) {
    int count = in.count();
    List<Integer> slots = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int slot = in.int32();
      if (slot < 0 || slot >= Slots.COUNT) {
        throw new WireException("slot " + slot + " (expected: less than " + Slots.COUNT + ")");
      }
      slots.add(slot);
    }
    return slots;
  }
}
