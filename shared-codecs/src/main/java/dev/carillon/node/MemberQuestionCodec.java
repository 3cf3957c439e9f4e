package dev.carillon.node;

import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link MemberQuestion} on the bus. */
public final class MemberQuestionCodec implements WireCodec<MemberQuestion> {

  @Override
  public int id() {
    return WireIds.MEMBER_QUESTION;
  }

  @Override
  public Class<MemberQuestion> type() {
    return MemberQuestion.class;
  }

  @Override
  public void write(MemberQuestion value, WireWriter out) {
    out.int64(value.node().high()).int64(value.node().low());
  }

  @Override
  public MemberQuestion read(WireReader in) {
    return new MemberQuestion(new Incarnation(in.int64(), in.int64()));
  }
}
