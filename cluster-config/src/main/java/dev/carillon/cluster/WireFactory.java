package dev.carillon.cluster;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.carillon.cluster.presence.Absent;
import dev.carillon.cluster.presence.ChangePresence;
import dev.carillon.cluster.presence.ChannelPresence;
import dev.carillon.cluster.presence.CountPresence;
import dev.carillon.cluster.presence.DigestPresence;
import dev.carillon.cluster.presence.FindIncarnations;
import dev.carillon.cluster.presence.Incarnations;
import dev.carillon.cluster.presence.PresenceCount;
import dev.carillon.cluster.presence.ReadPresence;
import dev.carillon.cluster.presence.RemoveIncarnations;
import dev.carillon.cluster.sessions.CountSessions;
import dev.carillon.cluster.sessions.QuerySessions;
import dev.carillon.cluster.sessions.RemoveSession;
import dev.carillon.cluster.sessions.SessionsOf;
import dev.carillon.cluster.sessions.StoredSession;
import dev.carillon.cluster.streams.Append;
import dev.carillon.cluster.streams.AppendBackup;
import dev.carillon.cluster.streams.ConfirmStream;
import dev.carillon.cluster.streams.EnsureStream;
import dev.carillon.cluster.streams.ExpireStream;
import dev.carillon.cluster.streams.KeepStream;
import dev.carillon.cluster.streams.LatestTerm;
import dev.carillon.cluster.streams.ReadChanges;
import dev.carillon.cluster.streams.ReadStream;
import dev.carillon.cluster.streams.ReadTop;
import dev.carillon.cluster.streams.StoredAppend;
import dev.carillon.cluster.streams.StoredChanges;
import dev.carillon.cluster.streams.StoredHistory;
import dev.carillon.cluster.streams.StoredPosition;
import dev.carillon.cluster.streams.StoredStream;
import dev.carillon.cluster.streams.StreamCopy;
import dev.carillon.cluster.terms.TermAnswer;
import dev.carillon.cluster.terms.TermCall;
import dev.carillon.wire.WireIds;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes the empty objects that Hazelcast fills when it reads: one line for each id of {@link
 * WireIds} from 60 to 99.
 */
public final class WireFactory implements DataSerializableFactory {

  private static final Map<Integer, Supplier<IdentifiedDataSerializable>> TYPES =
      Map.ofEntries(
          Map.entry(WireIds.STORED_STREAM, StoredStream::new),
          Map.entry(WireIds.APPEND, Append::new),
          Map.entry(WireIds.APPEND_BACKUP, AppendBackup::new),
          Map.entry(WireIds.APPENDED, StoredAppend::new),
          Map.entry(WireIds.READ, ReadStream::new),
          Map.entry(WireIds.STORED_HISTORY, StoredHistory::new),
          Map.entry(WireIds.ENSURE, EnsureStream::new),
          Map.entry(WireIds.STREAM_COPY, StreamCopy::new),
          Map.entry(WireIds.EXPIRE, ExpireStream::new),
          Map.entry(WireIds.KEEP, KeepStream::new),
          Map.entry(WireIds.TOP, ReadTop::new),
          Map.entry(WireIds.STORED_POSITION, StoredPosition::new),
          Map.entry(WireIds.CONFIRM, ConfirmStream::new),
          Map.entry(WireIds.READ_CHANGES, ReadChanges::new),
          Map.entry(WireIds.STORED_CHANGES, StoredChanges::new),
          Map.entry(WireIds.TERM_CALL, TermCall::new),
          Map.entry(WireIds.TERM_ANSWER, TermAnswer::new),
          Map.entry(WireIds.LATEST_TERM, LatestTerm::new),
          Map.entry(WireIds.STORED_NODE, StoredNode::new),
          Map.entry(WireIds.CHANNEL_PRESENCE, ChannelPresence::new),
          Map.entry(WireIds.CHANGE_PRESENCE, ChangePresence::new),
          Map.entry(WireIds.ABSENT, Absent::new),
          Map.entry(WireIds.READ_PRESENCE, ReadPresence::new),
          Map.entry(WireIds.COUNT_PRESENCE, CountPresence::new),
          Map.entry(WireIds.PRESENCE_COUNT, PresenceCount::new),
          Map.entry(WireIds.DIGEST_PRESENCE, DigestPresence::new),
          Map.entry(WireIds.FIND_INCARNATIONS, FindIncarnations::new),
          Map.entry(WireIds.INCARNATIONS, Incarnations::new),
          Map.entry(WireIds.REMOVE_INCARNATIONS, RemoveIncarnations::new),
          Map.entry(WireIds.STORED_SESSION, StoredSession::new),
          Map.entry(WireIds.SESSION_QUERY, QuerySessions::new),
          Map.entry(WireIds.REMOVE_SESSION, RemoveSession::new),
          Map.entry(WireIds.SESSIONS_OF, SessionsOf::new),
          Map.entry(WireIds.COUNT_SESSIONS, CountSessions::new));

  @Override
  public IdentifiedDataSerializable create(int id) {
    var type = TYPES.get(id);
    if (type == null) {
      throw new IllegalArgumentException("type id " + id + " (expected: one of WireIds)");
    }
    return type.get();
  }
}
