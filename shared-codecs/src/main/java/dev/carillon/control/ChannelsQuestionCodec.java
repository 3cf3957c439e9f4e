package dev.carillon.control;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link ChannelsQuestion} on the bus. */
public final class ChannelsQuestionCodec implements WireCodec<ChannelsQuestion> {

  @Override
  public int id() {
    return WireIds.CHANNELS_QUESTION;
  }

  @Override
  public Class<ChannelsQuestion> type() {
    return ChannelsQuestion.class;
  }

  @Override
  public void write(ChannelsQuestion question, WireWriter out) {
    out.string(question.pattern()).string(question.after()).varint(question.limit());
  }

  @Override
  public ChannelsQuestion read(WireReader in) {
    return new ChannelsQuestion(in.string(), in.string(), in.int32());
  }
}
