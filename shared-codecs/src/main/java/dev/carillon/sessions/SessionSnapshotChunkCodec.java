package dev.carillon.sessions;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link SessionSnapshotChunk} on the bus. */
public final class SessionSnapshotChunkCodec implements WireCodec<SessionSnapshotChunk> {

  private final SessionRecordCodec rows = new SessionRecordCodec();

  @Override
  public int id() {
    return WireIds.SESSION_SNAPSHOT_CHUNK;
  }

  @Override
  public Class<SessionSnapshotChunk> type() {
    return SessionSnapshotChunk.class;
  }

  @Override
  public void write(SessionSnapshotChunk chunk, WireWriter out) {
    out.varint(chunk.snapshot())
        .varint(chunk.sequence())
        .varint(chunk.part())
        .varint(chunk.parts());
    rows.writeAll(chunk.rows(), out);
  }

  @Override
  public SessionSnapshotChunk read(WireReader in) {
    return new SessionSnapshotChunk(
        in.varint(), in.varint(), in.int32(), in.int32(), rows.readAll(in));
  }
}
