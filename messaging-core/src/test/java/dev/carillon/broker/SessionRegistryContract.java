package dev.carillon.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.port.SessionRegistry;
import dev.carillon.sessions.SessionOrder;
import dev.carillon.sessions.SessionPage;
import dev.carillon.sessions.SessionQuery;
import dev.carillon.sessions.SessionQuery.Column;
import dev.carillon.sessions.SessionQuery.Cursor;
import dev.carillon.sessions.SessionQuery.Term;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link SessionRegistry} promises. Each test begins with an empty table. */
public abstract class SessionRegistryContract {

  protected static final Incarnation OWNER = new Incarnation(1, 2);
  protected static final Incarnation OTHER = new Incarnation(3, 4);

  /** The table of this test, empty at its start. */
  protected abstract SessionRegistry sessions();

  protected static SessionRecord row(String id, Incarnation owner, String user, long since) {
    SessionStats stats = new SessionStats(5, 1, since, 20, 30, 40);
    return new SessionRecord(
        id, owner, "n1", "js", user, "10.0.0.1:" + since, "websocket", since, stats);
  }

  private static SessionQuery query(
      Column sort, boolean descending, int limit, @Nullable Cursor after, Term... terms) {
    return new SessionQuery(List.of(terms), sort, descending, limit, after);
  }

  private static List<String> ids(SessionPage page) {
    return page.rows().stream().map(SessionRecord::id).toList();
  }

  private void putThree() {
    sessions()
        .put(List.of(row("b", OWNER, "bob", 2), row("a", OTHER, "ada", 3), row("c", OWNER, "", 1)))
        .await();
  }

  @Test
  void rowsArePutReplacedAndRemoved() {
    putThree();
    SessionRecord changed = row("a", OTHER, "ada", 3).withStats(SessionStats.NONE);
    sessions().put(List.of(changed)).await();
    assertEquals(List.of(changed), sessions().find(List.of("a", "nobody")).await());
    sessions().remove(List.of("a", "nobody")).await();
    assertEquals(List.of(), sessions().find(List.of("a")).await());
  }

  @Test
  void rowsAreCountedByOwner() {
    assertEquals(Map.of(), sessions().countByOwner().await());
    putThree();
    assertEquals(Map.of(OWNER, 2, OTHER, 1), sessions().countByOwner().await());
    assertEquals(Set.of("b", "c"), sessions().idsOf(OWNER).await());
    assertEquals(Set.of(), sessions().idsOf(new Incarnation(9, 9)).await());
  }

  @Test
  void everyColumnSortsBothWays() {
    putThree();
    for (Column column : Column.values()) {
      for (boolean descending : new boolean[] {false, true}) {
        SessionQuery query = query(column, descending, 10, null);
        List<SessionRecord> expected =
            new ArrayList<>(sessions().find(List.of("a", "b", "c")).await());
        expected.sort(new SessionOrder(query));
        SessionPage page = sessions().query(query).await();
        assertEquals(expected, page.rows(), () -> column + " " + descending);
      }
    }
  }

  @Test
  void termsMustAllMatch() {
    putThree();
    Term user = new Term(Column.USER, "*D*");
    Term bare = new Term(null, "10.0");
    SessionPage page = sessions().query(query(Column.ID, false, 10, null, user, bare)).await();
    assertEquals(List.of("a"), ids(page));
    assertEquals(3, page.total());
    assertEquals(1, page.matched());
  }

  @Test
  void pagesFitTogether() {
    List<SessionRecord> rows =
        IntStream.range(0, 250).mapToObj(i -> row("id" + i, OWNER, "u" + i % 3, i % 50)).toList();
    sessions().put(rows).await();
    List<SessionRecord> seen = new ArrayList<>();
    Cursor after = null;
    while (seen.size() < rows.size()) {
      SessionQuery query = query(Column.SINCE, true, 60, after);
      SessionPage page = sessions().query(query).await();
      assertEquals(250, page.matched());
      assertTrue(!page.rows().isEmpty(), "a page before the end");
      seen.addAll(page.rows());
      after = new SessionOrder(query).cursor(page.rows().get(page.rows().size() - 1));
    }
    List<SessionRecord> expected = new ArrayList<>(rows);
    expected.sort(new SessionOrder(query(Column.SINCE, true, 60, null)));
    assertEquals(expected, seen);
  }

  @Test
  void nothingToDoIsDone() {
    sessions().put(List.of()).await();
    sessions().remove(List.of()).await();
    assertEquals(List.of(), sessions().find(List.of()).await());
    SessionPage empty = sessions().query(query(Column.ID, false, 10, null)).await();
    assertEquals(new SessionPage(List.of(), 0, 0), empty);
  }
}
