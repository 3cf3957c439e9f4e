package dev.carillon.sessions;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link SessionEnded} on the bus. */
public final class SessionEndedCodec implements WireCodec<SessionEnded> {

  private static final SessionEnded.Reason[] REASONS = SessionEnded.Reason.values();

  @Override
  public int id() {
    return WireIds.SESSION_ENDED;
  }

  @Override
  public Class<SessionEnded> type() {
    return SessionEnded.class;
  }

  @Override
  public void write(SessionEnded ended, WireWriter out) {
    SessionRecordCodec.writeOwner(ended.owner(), out);
    out.u8(ended.reason().ordinal());
    SessionRecordCodec.writeIds(ended.ids(), out);
  }

  @Override
  public SessionEnded read(WireReader in) {
    return new SessionEnded(
        SessionRecordCodec.readOwner(in), reason(in.u8()), SessionRecordCodec.readIds(in));
  }

  private static SessionEnded.Reason reason(int ordinal) {
    if (ordinal >= REASONS.length) {
      throw new WireException(
          "reason " + ordinal + " (expected: less than " + REASONS.length + ")");
    }
    return REASONS[ordinal];
  }
}
