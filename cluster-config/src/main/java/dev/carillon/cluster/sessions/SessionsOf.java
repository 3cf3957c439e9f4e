package dev.carillon.cluster.sessions;

import com.hazelcast.query.Predicate;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;

/** The rows of one owner. */
public final class SessionsOf implements Predicate<String, StoredSession>, WireData {

  private Incarnation owner;

  /** For {@code WireFactory}. */
  public SessionsOf() {
    this(new Incarnation(0, 0));
  }

  SessionsOf(Incarnation owner) {
    this.owner = owner;
  }

  @Override
  public boolean apply(Map.Entry<String, StoredSession> entry) {
    return entry.getValue().row().owner().equals(owner);
  }

  @Override
  public int getClassId() {
    return WireIds.SESSIONS_OF;
  }

  @Override
  public void write(WireWriter out) {
    out.int64(owner.high()).int64(owner.low());
  }

  @Override
  public void read(WireReader in) {
    owner = new Incarnation(in.int64(), in.int64());
  }
}
