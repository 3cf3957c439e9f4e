package dev.carillon.cluster.sessions;

import static dev.carillon.cluster.WireDataTest.assertGolden;

import dev.carillon.sessions.SessionQuery;
import dev.carillon.sessions.SessionQuery.Column;
import dev.carillon.sessions.SessionQuery.Cursor;
import dev.carillon.sessions.SessionQuery.Term;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionWireTest {

  private static final Incarnation OWNER = new Incarnation(1, 2);
  private static final String OWNER_HEX = "00000000000000010000000000000002";

  private static final SessionRecord ROW =
      new SessionRecord(
          "i", OWNER, "n", "c", "u", "a:1", "tcp", 7, new SessionStats(4, 1, 2, 3, 5, 6));
  private static final String ROW_HEX =
      "0169"
          + OWNER_HEX
          + "016e"
          + "0163"
          + "0175"
          + "03613a31"
          + "03746370"
          + "07"
          + "050102030506";

  private static final SessionQuery QUERY =
      new SessionQuery(
          List.of(new Term(null, "x"), new Term(Column.USER, "a*")),
          Column.SINCE,
          true,
          100,
          new Cursor("", 9, "i"));
  private static final String QUERY_HEX =
      "02" + "000178" + "0302612a" + "06" + "01" + "64" + "01" + "00" + "0000000000000009" + "0169";

  @Test
  void aRow() {
    assertGolden(ROW_HEX, new StoredSession(ROW));
  }

  @Test
  void aQuestionAndAPartOfItsAnswer() {
    var everything = new SessionQuery(List.of(), Column.ID, false, 10, null);
    var part = new QuerySessions(everything);
    part.accumulate(Map.entry("i", new StoredSession(ROW)));
    assertGolden("00" + "00" + "00" + "0a" + "00" + "01" + "01" + "01" + ROW_HEX, part);
    assertGolden(QUERY_HEX + "00" + "00" + "00", new QuerySessions(QUERY));
  }

  @Test
  void theRowsOfAnOwner() {
    var counts = new CountSessions();
    counts.accumulate(Map.entry("i", new StoredSession(ROW)));
    assertGolden("01" + OWNER_HEX + "01", counts);
    assertGolden(OWNER_HEX, new SessionsOf(OWNER));
    assertGolden("", new RemoveSession());
  }
}
