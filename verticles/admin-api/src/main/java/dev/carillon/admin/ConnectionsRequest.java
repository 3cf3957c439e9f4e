package dev.carillon.admin;

import dev.carillon.sessions.SessionQuery;
import dev.carillon.sessions.SessionQuery.Column;
import dev.carillon.sessions.SessionQuery.Cursor;
import dev.carillon.sessions.SessionQuery.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the console asks of the table of connections: space separated {@code key:value} terms, in
 * which {@code *} stands for any characters, and bare words, which are looked for in id, client,
 * user and address. What is not understood is refused, never ignored: a filter that does not filter
 * would show the wrong rows.
 *
 * @param query the terms as they were given
 * @param sort the column, with {@code -} in front for the largest first
 * @param limit rows in a page
 * @param meaning the query; asks for one row more than the page has, to see whether there is one
 */
record ConnectionsRequest(String query, String sort, int limit, SessionQuery meaning) {

  static final int MAX_LIMIT = 500;
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_QUERY_LENGTH = 1_000;
  static final int MAX_TERMS = 20;
  static final String DEFAULT_SORT = "-since";

  private static final Map<String, Column> SORTS = sorts();
  private static final Map<String, Column> KEYS =
      new TreeMap<>(
          Map.of(
              "address", Column.ADDRESS,
              "client", Column.CLIENT,
              "node", Column.NODE,
              "transport", Column.TRANSPORT,
              "user", Column.USER));

  /** A word before a colon is meant as a key; what stands before the port of an address is not. */
  private static final Pattern KEYED = Pattern.compile("([A-Za-z_]+):(.*)", Pattern.DOTALL);

  /**
   * @param parameters the first value of each parameter of the request
   * @throws Refusal 400 with what was expected
   */
  static ConnectionsRequest of(Map<String, String> parameters) {
    String query = parameters.getOrDefault("q", "").strip();
    String sort = parameters.getOrDefault("sort", DEFAULT_SORT);
    int limit = limit(parameters.get("limit"));
    boolean descending = sort.startsWith("-");
    Column column = SORTS.get(descending ? sort.substring(1) : sort);
    if (column == null) {
      throw Refusal.bad(
          "sort " + sort, String.join(", ", SORTS.keySet()) + ", with - for largest first");
    }
    String cursor = parameters.getOrDefault("cursor", "");
    @Nullable Cursor after = cursor.isEmpty() ? null : PageCursor.read(cursor, query, sort);
    var meaning = new SessionQuery(terms(query), column, descending, limit + 1, after);
    return new ConnectionsRequest(query, sort, limit, meaning);
  }

  private static List<Term> terms(String query) {
    if (query.length() > MAX_QUERY_LENGTH) {
      throw Refusal.bad("q of " + query.length() + " characters", "at most " + MAX_QUERY_LENGTH);
    }
    var terms = new ArrayList<Term>();
    for (String word : query.split("\\s+")) {
      if (!word.isEmpty()) {
        terms.add(term(word));
      }
    }
    if (terms.size() > MAX_TERMS) {
      throw Refusal.bad("q of " + terms.size() + " terms", "at most " + MAX_TERMS);
    }
    return terms;
  }

  private static Term term(String word) {
    var keyed = KEYED.matcher(word);
    if (!keyed.matches()) {
      return new Term(null, word);
    }
    Column column = KEYS.get(keyed.group(1).toLowerCase(Locale.ROOT));
    if (column == null) {
      throw Refusal.bad("key " + keyed.group(1), String.join(", ", KEYS.keySet()));
    }
    return new Term(column, keyed.group(2));
  }

  /** Rows in a page. */
  static int limit(@Nullable String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > MAX_LIMIT) {
      throw Refusal.bad("limit " + text, "1 to " + MAX_LIMIT);
    }
    return Integer.parseInt(text);
  }

  private static Map<String, Column> sorts() {
    var sorts = new TreeMap<String, Column>();
    for (Column column : Column.values()) {
      sorts.put(column.name().toLowerCase(Locale.ROOT), column);
    }
    return sorts;
  }
}
