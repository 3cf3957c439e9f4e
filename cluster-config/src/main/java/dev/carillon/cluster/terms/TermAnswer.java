package dev.carillon.cluster.terms;

import dev.carillon.cluster.WireData;
import dev.carillon.cluster.terms.Standing.Course;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** A {@link Standing} on its way to the node that leads. */
public final class TermAnswer implements WireData {

  private @Nullable Standing standing;

  /** For Hazelcast, which fills it. */
  public TermAnswer() {}

  TermAnswer(Standing standing) {
    this.standing = standing;
  }

  Standing standing() {
    if (standing == null) {
      throw new IllegalStateException("empty (expected: an answer that was read or made)");
    }
    return standing;
  }

  @Override
  public int getClassId() {
    return WireIds.TERM_ANSWER;
  }

  @Override
  public void write(WireWriter out) {
    var now = standing();
    out.bool(now.agrees()).varint(now.promised()).varint(now.seen()).varint(now.term());
    var memory = now.memory();
    out.bool(memory.remembers()).varint(memory.among()).varint(memory.changes());
    out.u8(now.course().ordinal());
  }

  @Override
  public void read(WireReader in) {
    standing =
        new Standing(
            in.bool(),
            in.varint(),
            in.varint(),
            in.varint(),
            new Memory(in.bool(), in.int32(), in.int32()),
            Course.of(in.u8()));
  }
}
