package dev.carillon.sessions;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** {@link SessionBeat} on the bus. */
public final class SessionBeatCodec implements WireCodec<SessionBeat> {

  private final SessionRecordCodec rows = new SessionRecordCodec();

  @Override
  public int id() {
    return WireIds.SESSION_BEAT;
  }

  @Override
  public Class<SessionBeat> type() {
    return SessionBeat.class;
  }

  @Override
  public void write(SessionBeat beat, WireWriter out) {
    SessionRecordCodec.writeOwner(beat.owner(), out);
    out.varint(beat.sequence()).varint(beat.count());
    rows.writeAll(beat.opened(), out);
    out.varint(beat.changed().size());
    for (SessionChange change : beat.changed()) {
      out.string(change.id());
      SessionRecordCodec.writeStats(change.stats(), out);
    }
    SessionRecordCodec.writeIds(beat.ended(), out);
  }

  @Override
  public SessionBeat read(WireReader in) {
    return new SessionBeat(
        SessionRecordCodec.readOwner(in),
        in.varint(),
        in.int32(),
        rows.readAll(in),
        readChanges(in),
        SessionRecordCodec.readIds(in));
  }

  private static List<SessionChange> readChanges(WireReader in) {
    int count = in.count();
    var changes = new ArrayList<SessionChange>();
    for (int i = 0; i < count; i++) {
      changes.add(new SessionChange(in.string(), SessionRecordCodec.readStats(in)));
    }
    return changes;
  }
}
