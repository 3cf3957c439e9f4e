package dev.carillon.sessions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the table of sessions, and in which order.
 *
 * @param terms all must match; empty matches every row
 * @param sort column to sort by; rows that are equal in it are sorted by id
 * @param descending largest first
 * @param limit rows in the page at most, 1 to 1,000
 * @param after the last row of the page before; null for the first page
 */
public record SessionQuery(
    List<Term> terms, Column sort, boolean descending, int limit, @Nullable Cursor after) {

  /** The columns that can be sorted by. */
  public enum Column {
    ID,
    CLIENT,
    USER,
    ADDRESS,
    TRANSPORT,
    NODE,
    SINCE,
    RTT,
    CHANNELS,
    BYTES_IN,
    BYTES_OUT,
    MESSAGES_IN,
    MESSAGES_OUT
  }

  /**
   * One condition on text columns.
   *
   * @param column null for a bare word, which matches as a substring in id, client, user or address
   * @param pattern the value, with {@code *} for any run of characters; compared without case
   */
  public record Term(@Nullable Column column, String pattern) {}

  /** Keyset position: sort value (as text or number) and id of the last row seen. */
  public record Cursor(String text, long number, String id) {}

  public SessionQuery {
    terms = List.copyOf(terms);
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit " + limit + " (expected: 1 to 1000)");
    }
  }
}
