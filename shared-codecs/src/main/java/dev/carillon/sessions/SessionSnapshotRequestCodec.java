package dev.carillon.sessions;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** {@link SessionSnapshotRequest} on the bus. */
public final class SessionSnapshotRequestCodec implements WireCodec<SessionSnapshotRequest> {

  @Override
  public int id() {
    return WireIds.SESSION_SNAPSHOT_REQUEST;
  }

  @Override
  public Class<SessionSnapshotRequest> type() {
    return SessionSnapshotRequest.class;
  }

  @Override
  public void write(SessionSnapshotRequest request, WireWriter out) {
    out.varint(request.snapshot()).varint(request.part());
  }

  @Override
  public SessionSnapshotRequest read(WireReader in) {
    return new SessionSnapshotRequest(in.varint(), in.int32());
  }
}
