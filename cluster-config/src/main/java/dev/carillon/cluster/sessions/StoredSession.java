package dev.carillon.cluster.sessions;

import dev.carillon.cluster.WireData;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionRecordCodec;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** A row of the table: a value of the map {@code carillon.sessions}. */
public final class StoredSession implements WireData {

  static final SessionRecordCodec ROW = new SessionRecordCodec();

  private static final SessionRecord EMPTY =
      new SessionRecord("", new Incarnation(0, 0), "", "", "", "", "", 0, SessionStats.NONE);

  // Written by `read` before anybody else has this object.
  private SessionRecord row;

  /** For {@code WireFactory}. */
  public StoredSession() {
    this(EMPTY);
  }

  StoredSession(SessionRecord row) {
    this.row = row;
  }

  SessionRecord row() {
    return row;
  }

  @Override
  public int getClassId() {
    return WireIds.STORED_SESSION;
  }

  @Override
  public void write(WireWriter out) {
    ROW.write(row, out);
  }

  @Override
  public void read(WireReader in) {
    row = ROW.read(in);
  }
}
