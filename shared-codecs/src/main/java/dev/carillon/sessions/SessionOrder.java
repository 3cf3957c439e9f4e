package dev.carillon.sessions;

import dev.carillon.sessions.SessionQuery.Column;
import dev.carillon.sessions.SessionQuery.Cursor;
import dev.carillon.sessions.SessionQuery.Term;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SessionQuery} means for rows: which match, which comes first, and which lie behind
 * a cursor. Every place that answers a query uses this one, so that pages fit together.
 *
 * <p>Text is compared in lower case, by UTF-16 code units; rows that are equal in the sort column
 * are ordered by id, ascending in both directions.
 */
public final class SessionOrder implements Comparator<SessionRecord> {

  private final SessionQuery query;
  private final List<Condition> conditions;

  /** One term, ready to be compared with many rows. */
  private record Condition(@Nullable Column column, Glob glob) {

    boolean holds(SessionRecord row) {
      if (column != null) {
        return glob.matches(text(row, column));
      }
      return glob.matches(row.id())
          || glob.matches(row.client())
          || glob.matches(row.user())
          || glob.matches(row.address());
    }
  }

  public SessionOrder(SessionQuery query) {
    this.query = query;
    this.conditions = query.terms().stream().map(SessionOrder::condition).toList();
  }

  /** Whether all terms hold for the row; says nothing about the cursor. */
  public boolean matches(SessionRecord row) {
    for (Condition condition : conditions) {
      if (!condition.holds(row)) {
        return false;
      }
    }
    return true;
  }

  /** The order of the answer: negative when the first row comes before the second. */
  @Override
  public int compare(SessionRecord one, SessionRecord other) {
    return compare(cursor(one), cursor(other));
  }

  /** Whether the row lies behind the cursor of the query; true when it has none. */
  public boolean isAfterCursor(SessionRecord row) {
    Cursor after = query.after();
    return after == null || compare(after, cursor(row)) < 0;
  }

  /** The position of this row in the order. */
  public Cursor cursor(SessionRecord row) {
    return new Cursor(sortText(row), number(row, query.sort()), row.id());
  }

  private int compare(Cursor one, Cursor other) {
    int order = Long.compare(one.number(), other.number());
    if (order == 0) {
      order = one.text().compareTo(other.text());
    }
    if (order == 0) {
      return one.id().compareTo(other.id());
    }
    return query.descending() ? -order : order;
  }

  private String sortText(SessionRecord row) {
    return text(row, query.sort()).toLowerCase(Locale.ROOT);
  }

  private static String text(SessionRecord row, Column column) {
    return switch (column) {
      case ID -> row.id();
      case CLIENT -> row.client();
      case USER -> row.user();
      case ADDRESS -> row.address();
      case TRANSPORT -> row.transport();
      case NODE -> row.node();
      default -> "";
    };
  }

  private static long number(SessionRecord row, Column column) {
    SessionStats stats = row.stats();
    return switch (column) {
      case SINCE -> row.since();
      case RTT -> stats.rttMillis();
      case CHANNELS -> stats.channels();
      case BYTES_IN -> stats.bytesIn();
      case BYTES_OUT -> stats.bytesOut();
      case MESSAGES_IN -> stats.messagesIn();
      case MESSAGES_OUT -> stats.messagesOut();
      default -> 0;
    };
  }

  private static Condition condition(Term term) {
    Column column = term.column();
    String pattern = column == null ? "*" + term.pattern() + "*" : term.pattern();
    return new Condition(column, Glob.ignoringCase(pattern));
  }
}
