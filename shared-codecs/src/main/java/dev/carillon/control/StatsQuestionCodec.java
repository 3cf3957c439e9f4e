package dev.carillon.control;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link StatsQuestion} on the bus. */
public final class StatsQuestionCodec implements WireCodec<StatsQuestion> {

  @Override
  public int id() {
    return WireIds.STATS_QUESTION;
  }

  @Override
  public Class<StatsQuestion> type() {
    return StatsQuestion.class;
  }

  @Override
  public void write(StatsQuestion question, WireWriter out) {}

  @Override
  public StatsQuestion read(WireReader in) {
    return new StatsQuestion();
  }
}
