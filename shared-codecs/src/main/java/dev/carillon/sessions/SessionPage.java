package dev.carillon.sessions;

import java.util.List;

/**
 * One page of the table of sessions.
 *
 * @param rows in the order asked for
 * @param total rows in the table
 * @param matched rows that match the terms, on all pages
 */
public record SessionPage(List<SessionRecord> rows, int total, int matched) {

  public SessionPage {
    rows = List.copyOf(rows);
  }
}
