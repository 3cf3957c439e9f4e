package dev.carillon.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.sessions.SessionQuery.Column;
import dev.carillon.sessions.SessionQuery.Cursor;
import dev.carillon.sessions.SessionQuery.Term;
import dev.carillon.wire.Incarnation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionOrderTest {

  private static final Incarnation OWNER = new Incarnation(1, 1);

  @ParameterizedTest
  @CsvSource({
    "ana, ana, true",
    "ana, anna, false",
    "an*, ANNA, true",
    "*na, anna, true",
    "a*n*a, anna, true",
    "a*x*a, anna, false",
    "*, '', true",
    "'', '', true",
    "'', a, false",
    "10.2.*:*, 10.2.3.4:99, true",
    "a.b, axb, false",
    "**a**, bab, true",
  })
  void starsStandForAnyRunOfCharacters(String pattern, String text, boolean expected) {
    assertEquals(expected, Glob.ignoringCase(pattern).matches(text));
  }

  @Test
  void aHostilePatternIsAnsweredInLinearStepsPerStar() {
    assertFalse(Glob.ignoringCase("*a".repeat(500) + "b").matches("a".repeat(10_000)));
  }

  @Test
  void allTermsMustHold() {
    SessionRecord row = row("s1", "ada", 7);
    assertTrue(order(new Term(Column.USER, "ada"), new Term(Column.NODE, "n*")).matches(row));
    assertFalse(order(new Term(Column.USER, "ada"), new Term(Column.NODE, "m*")).matches(row));
  }

  @Test
  void aBareWordMatchesInsideIdClientUserAndAddressOnly() {
    SessionRecord row = row("s1", "ada", 7);
    assertTrue(order(new Term(null, "S1")).matches(row));
    assertTrue(order(new Term(null, "da")).matches(row));
    assertTrue(order(new Term(null, "0.0.1")).matches(row));
    assertFalse(order(new Term(null, "websocket")).matches(row));
  }

  @ParameterizedTest
  @EnumSource(Column.class)
  void pagesByCursorVisitEveryRowOnceInOrder(Column sort) {
    for (boolean descending : new boolean[] {false, true}) {
      List<SessionRecord> rows = shuffledRows();
      List<SessionRecord> expected = new ArrayList<>(rows);
      expected.sort(new SessionOrder(query(sort, descending, null)));
      List<SessionRecord> visited = new ArrayList<>();
      @Nullable Cursor after = null;
      while (visited.size() < rows.size()) {
        SessionOrder order = new SessionOrder(query(sort, descending, after));
        List<SessionRecord> page =
            rows.stream().filter(order::isAfterCursor).sorted(order).limit(3).toList();
        visited.addAll(page);
        after = order.cursor(page.get(page.size() - 1));
      }
      assertEquals(expected, visited);
    }
  }

  private static List<SessionRecord> shuffledRows() {
    List<SessionRecord> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(row("s" + i, "u" + i % 3, i % 4));
    }
    Collections.shuffle(rows, new Random(7));
    return rows;
  }

  private static SessionOrder order(Term... terms) {
    return new SessionOrder(new SessionQuery(List.of(terms), Column.ID, false, 10, null));
  }

  private static SessionQuery query(Column sort, boolean descending, @Nullable Cursor after) {
    return new SessionQuery(List.of(), sort, descending, 3, after);
  }

  private static SessionRecord row(String id, String user, int number) {
    SessionStats stats = new SessionStats(number, number, number, number, number, number);
    return new SessionRecord(
        id, OWNER, "n1", "js", user, "10.0.0.1:" + number, "websocket", number, stats);
  }
}
