package dev.carillon.sessions;

import dev.carillon.wire.Incarnation;
import java.util.List;

/**
 * What happened to the sessions of one process since its last beat. One is sent every second, also
 * when nothing happened.
 *
 * @param owner the process that holds the sessions
 * @param sequence grows by one with every beat; a receiver that misses one asks for a snapshot
 * @param count sessions that the process has told about and not ended, this beat included
 * @param opened sessions that are told about for the first time, or anew because it has become
 *     known whose they are
 * @param changed sessions whose numbers changed; not all of them need to be in one beat
 * @param ended ids of sessions whose socket is closed
 */
public record SessionBeat(
    Incarnation owner,
    long sequence,
    int count,
    List<SessionRecord> opened,
    List<SessionChange> changed,
    List<String> ended) {

  public SessionBeat {
    opened = List.copyOf(opened);
    changed = List.copyOf(changed);
    ended = List.copyOf(ended);
  }
}
