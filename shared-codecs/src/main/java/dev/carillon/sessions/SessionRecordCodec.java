package dev.carillon.sessions;

import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** The row of the table of sessions, alone and inside the messages that carry rows. */
public final class SessionRecordCodec implements WireCodec<SessionRecord> {

  @Override
  public int id() {
    return WireIds.STORED_SESSION;
  }

  @Override
  public Class<SessionRecord> type() {
    return SessionRecord.class;
  }

  @Override
  public void write(SessionRecord row, WireWriter out) {
    out.string(row.id());
    writeOwner(row.owner(), out);
    out.string(row.node())
        .string(row.client())
        .string(row.user())
        .string(row.address())
        .string(row.transport())
        .varint(row.since());
    writeStats(row.stats(), out);
  }

  @Override
  public SessionRecord read(WireReader in) {
    return new SessionRecord(
        in.string(),
        readOwner(in),
        oneOfFew(in),
        in.string(),
        in.string(),
        in.string(),
        oneOfFew(in),
        in.varint(),
        readStats(in));
  }

  /** The name of a node or of a transport, which a table of a million rows holds only once. */
  private static String oneOfFew(WireReader in) {
    return in.string().intern();
  }

  void writeAll(List<SessionRecord> rows, WireWriter out) {
    out.varint(rows.size());
    rows.forEach(row -> write(row, out));
  }

  List<SessionRecord> readAll(WireReader in) {
    int count = in.count();
    var rows = new ArrayList<SessionRecord>();
    for (int i = 0; i < count; i++) {
      rows.add(read(in));
    }
    return rows;
  }

  static void writeOwner(Incarnation owner, WireWriter out) {
    out.int64(owner.high()).int64(owner.low());
  }

  static Incarnation readOwner(WireReader in) {
    return new Incarnation(in.int64(), in.int64());
  }

  /** The round trip is shifted by one, because "unknown" is -1 and a varint has no short minus. */
  static void writeStats(SessionStats stats, WireWriter out) {
    out.varint(stats.rttMillis() + 1L)
        .varint(stats.channels())
        .varint(stats.bytesIn())
        .varint(stats.bytesOut())
        .varint(stats.messagesIn())
        .varint(stats.messagesOut());
  }

  static SessionStats readStats(WireReader in) {
    return new SessionStats(
        in.int32() - 1, in.int32(), in.varint(), in.varint(), in.varint(), in.varint());
  }

  static void writeIds(List<String> ids, WireWriter out) {
    out.varint(ids.size());
    ids.forEach(out::string);
  }

  static List<String> readIds(WireReader in) {
    int count = in.count();
    var ids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      ids.add(in.string());
    }
    return ids;
  }
}
