package dev.carillon.cluster.sessions;

import com.hazelcast.aggregation.Aggregator;
import dev.carillon.cluster.WireData;
import dev.carillon.sessions.SessionOrder;
import dev.carillon.sessions.SessionPage;
import dev.carillon.sessions.SessionQuery;
import dev.carillon.sessions.SessionQuery.Column;
import dev.carillon.sessions.SessionQuery.Cursor;
import dev.carillon.sessions.SessionQuery.Term;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One page of the table. Each member goes through its own rows and keeps no more of them than the
 * page has, so a question costs the same memory and traffic for a hundred rows and for a million.
 */
public final class QuerySessions
    implements Aggregator<Map.Entry<String, StoredSession>, SessionPage>, WireData {

  private static final SessionQuery EVERYTHING =
      new SessionQuery(List.of(), Column.ID, false, 1, null);

  private SessionQuery query;
  private SessionOrder order;

  // The best rows so far, the last of them at the head. Confined to one query thread.
  private PriorityQueue<SessionRecord> best;
  private int total;
  private int matched;

  /** For {@code WireFactory}. */
  public QuerySessions() {
    this(EVERYTHING);
  }

  QuerySessions(SessionQuery query) {
    this.query = query;
    this.order = new SessionOrder(query);
    this.best = new PriorityQueue<>(order.reversed());
  }

  @Override
  public void accumulate(Map.Entry<String, StoredSession> entry) {
    var row = entry.getValue().row();
    total++;
    if (order.matches(row)) {
      matched++;
      if (order.isAfterCursor(row)) {
        offer(row);
      }
    }
  }

  private void offer(SessionRecord row) {
    best.add(row);
    if (best.size() > query.limit()) {
      best.poll();
    }
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void combine(Aggregator other) {
    var part = (QuerySessions) other;
    total += part.total;
    matched += part.matched;
    part.best.forEach(this::offer);
  }

  @Override
  public SessionPage aggregate() {
    return new SessionPage(sorted(), total, matched);
  }

  private List<SessionRecord> sorted() {
    return best.stream().sorted(order).toList();
  }

  @Override
  public int getClassId() {
    return WireIds.SESSION_QUERY;
  }

  @Override
  public void write(WireWriter out) {
    writeQuery(query, out);
    out.varint(total).varint(matched).varint(best.size());
    sorted().forEach(row -> StoredSession.ROW.write(row, out));
  }

  @Override
  public void read(WireReader in) {
    query = readQuery(in);
    order = new SessionOrder(query);
    best = new PriorityQueue<>(order.reversed());
    total = in.int32();
    matched = in.int32();
    for (int left = in.count(); left > 0; left--) {
      best.add(StoredSession.ROW.read(in));
    }
  }

  private static void writeQuery(SessionQuery query, WireWriter out) {
    out.varint(query.terms().size());
    for (var term : query.terms()) {
      var column = term.column();
      out.u8(column == null ? 0 : column.ordinal() + 1).string(term.pattern());
    }
    out.u8(query.sort().ordinal()).bool(query.descending()).varint(query.limit());
    var after = query.after();
    out.bool(after != null);
    if (after != null) {
      out.string(after.text()).int64(after.number()).string(after.id());
    }
  }

  private static SessionQuery readQuery(WireReader in) {
    var terms = new ArrayList<Term>();
    for (int left = in.count(); left > 0; left--) {
      int column = in.u8();
      terms.add(new Term(column == 0 ? null : Column.values()[column - 1], in.string()));
    }
    return new SessionQuery(terms, Column.values()[in.u8()], in.bool(), in.int32(), readCursor(in));
  }

  private static @Nullable Cursor readCursor(WireReader in) {
    return in.bool() ? new Cursor(in.string(), in.int64(), in.string()) : null;
  }
}
