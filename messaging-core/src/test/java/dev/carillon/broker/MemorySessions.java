package dev.carillon.broker;

import dev.carillon.port.SessionRegistry;
import dev.carillon.sessions.SessionPage;
import dev.carillon.sessions.SessionQuery;
import dev.carillon.sessions.SessionQuery.Column;
import dev.carillon.sessions.SessionQuery.Cursor;
import dev.carillon.sessions.SessionQuery.Term;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of sessions in the memory of one process. */
public final class MemorySessions implements SessionRegistry {

  private final Vertx vertx;
  private final Map<String, SessionRecord> rows = new ConcurrentHashMap<>();

  public MemorySessions(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Future<Void> put(Collection<SessionRecord> added) {
    added.forEach(row -> rows.put(row.id(), row));
    return answer(true).mapEmpty();
  }

  @Override
  public Future<Void> remove(Collection<String> ids) {
    ids.forEach(rows::remove);
    return answer(true).mapEmpty();
  }

  @Override
  public Future<SessionPage> query(SessionQuery query) {
    List<SessionRecord> matched =
        rows.values().stream().filter(row -> matches(row, query)).toList();
    Comparator<SessionRecord> order = order(query);
    List<SessionRecord> page =
        matched.stream()
            .sorted(order)
            .filter(row -> query.after() == null || isAfter(row, query, query.after()))
            .limit(query.limit())
            .toList();
    return answer(new SessionPage(page, rows.size(), matched.size()));
  }

  @Override
  public Future<Set<String>> idsOf(Incarnation owner) {
    return answer(
        rows.values().stream()
            .filter(row -> row.owner().equals(owner))
            .map(SessionRecord::id)
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Future<Map<Incarnation, Integer>> countByOwner() {
    return answer(
        rows.values().stream()
            .collect(Collectors.toUnmodifiableMap(SessionRecord::owner, row -> 1, Integer::sum)));
  }

  @Override
  public Future<List<SessionRecord>> find(Collection<String> ids) {
    return answer(ids.stream().flatMap(id -> Stream.ofNullable(rows.get(id))).toList());
  }

  private static boolean matches(SessionRecord row, SessionQuery query) {
    return query.terms().stream().allMatch(term -> matches(row, term));
  }

  private static boolean matches(SessionRecord row, Term term) {
    if (term.column() != null) {
      return glob(term.pattern()).matcher(text(row, term.column())).matches();
    }
    return Stream.of(row.id(), row.client(), row.user(), row.address())
        .anyMatch(text -> glob("*" + term.pattern() + "*").matcher(text).matches());
  }

  private static Pattern glob(String pattern) {
    String quoted =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(quoted, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  private static Comparator<SessionRecord> order(SessionQuery query) {
    Comparator<SessionRecord> order =
        Comparator.<SessionRecord, String>comparing(row -> key(text(row, query.sort())))
            .thenComparing(row -> number(row, query.sort()));
    return (query.descending() ? order.reversed() : order).thenComparing(SessionRecord::id);
  }

  private static boolean isAfter(SessionRecord row, SessionQuery query, Cursor cursor) {
    int byText = key(text(row, query.sort())).compareTo(key(cursor.text()));
    int byValue = byText != 0 ? byText : Long.compare(number(row, query.sort()), cursor.number());
    int directed = query.descending() ? -byValue : byValue;
    return directed > 0 || directed == 0 && row.id().compareTo(cursor.id()) > 0;
  }

  private static String key(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The value of a text column; empty for the others. */
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

  /** The value of a number column; 0 for the others. */
  private static long number(SessionRecord row, Column column) {
    return switch (column) {
      case SINCE -> row.since();
      case RTT -> row.stats().rttMillis();
      case CHANNELS -> row.stats().channels();
      case BYTES_IN -> row.stats().bytesIn();
      case BYTES_OUT -> row.stats().bytesOut();
      case MESSAGES_IN -> row.stats().messagesIn();
      case MESSAGES_OUT -> row.stats().messagesOut();
      default -> 0;
    };
  }

  private <T> Future<T> answer(T value) {
    return Future.fromCompletionStage(
        CompletableFuture.completedFuture(value), vertx.getOrCreateContext());
  }
}
