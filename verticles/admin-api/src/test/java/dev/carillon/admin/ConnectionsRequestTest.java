package dev.carillon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.sessions.SessionQuery.Column;
import dev.carillon.sessions.SessionQuery.Cursor;
import dev.carillon.sessions.SessionQuery.Term;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsRequestTest {

  @Test
  void withoutParametersItIsTheNewestHundred() {
    var request = ConnectionsRequest.of(Map.of());
    assertEquals(100, request.limit());
    assertEquals(101, request.meaning().limit(), "one more shows whether there is a next page");
    assertEquals(Column.SINCE, request.meaning().sort());
    assertTrue(request.meaning().descending());
    assertEquals(List.of(), request.meaning().terms());
    assertNull(request.meaning().after());
  }

  @Test
  void termsAreKeyedOrBare() {
    assertEquals(
        List.of(
            new Term(Column.USER, "guest:a*"),
            new Term(Column.NODE, "n1"),
            new Term(null, "ada"),
            new Term(null, "127.0.0.1:40"),
            new Term(null, "[::1]")),
        terms("user:guest:a*  NODE:n1 ada 127.0.0.1:40 [::1]"));
  }

  @Test
  void anUnknownKeyIsRefusedAndTheKnownOnesAreNamed() {
    assertEquals(
        "key queue (expected: address, client, node, transport, user)",
        refusal(Map.of("q", "queue:7")));
  }

  @ParameterizedTest
  @CsvSource({"user,USER,false", "-rtt,RTT,true", "messages_out,MESSAGES_OUT,false"})
  void everyColumnCanBeSortedBothWays(String sort, Column column, boolean descending) {
    var meaning = ConnectionsRequest.of(Map.of("sort", sort)).meaning();
    assertEquals(column, meaning.sort());
    assertEquals(descending, meaning.descending());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "501", "9999999999", "x", "", "1.5"})
  void aLimitOutOfRangeIsRefused(String limit) {
    assertEquals("limit " + limit + " (expected: 1 to 500)", refusal(Map.of("limit", limit)));
  }

  @Test
  void unknownColumnsAndEndlessQueriesAreRefused() {
    assertTrue(refusal(Map.of("sort", "queue")).startsWith("sort queue (expected: "));
    assertTrue(refusal(Map.of("q", "x".repeat(1_001))).startsWith("q of 1001 characters"));
    assertTrue(refusal(Map.of("q", "x ".repeat(21))).startsWith("q of 21 terms"));
  }

  @Test
  void aCursorIsReadBackForItsOwnQueryOnly() {
    var cursor = new Cursor("ada", -1, "s1");
    String text = PageCursor.write(cursor, "user:a*", "-rtt");
    var same = Map.of("q", "user:a*", "sort", "-rtt", "cursor", text);
    assertEquals(cursor, ConnectionsRequest.of(same).meaning().after());
    assertTrue(refusal(Map.of("q", "user:b*", "sort", "-rtt", "cursor", text)).contains("cursor"));
    assertTrue(refusal(Map.of("q", "user:a*", "sort", "rtt", "cursor", text)).contains("cursor"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "!!!", "AQ", "AQAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void anythingElseIsNoCursor(String text) {
    assertTrue(refusal(Map.of("cursor", text)).contains("cursor"));
  }

  private static List<Term> terms(String query) {
    return ConnectionsRequest.of(Map.of("q", query)).meaning().terms();
  }

  private static String refusal(Map<String, String> parameters) {
    Refusal refusal = assertThrows(Refusal.class, () -> ConnectionsRequest.of(parameters));
    assertEquals(400, refusal.status());
    return refusal.words();
  }
}
