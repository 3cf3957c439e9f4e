package dev.carillon.node;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link MemberAnswer} on the bus. */
public final class MemberAnswerCodec implements WireCodec<MemberAnswer> {

  @Override
  public int id() {
    return WireIds.MEMBER_ANSWER;
  }

  @Override
  public Class<MemberAnswer> type() {
    return MemberAnswer.class;
  }

  @Override
  public void write(MemberAnswer value, WireWriter out) {
    out.bool(value.known());
  }

  @Override
  public MemberAnswer read(WireReader in) {
    return new MemberAnswer(in.bool());
  }
}
