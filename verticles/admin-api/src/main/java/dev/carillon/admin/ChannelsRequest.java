package dev.carillon.admin;

import dev.carillon.control.ChannelsQuestion;
import dev.carillon.sessions.SessionQuery.Cursor;
import java.util.List;
import java.util.Map;

/**
 * What somebody asks of the list of channels. What is not understood is refused, never ignored.
 *
 * @param pattern of their names, with {@code *} for any characters; empty for all
 * @param after the last one of the page before; empty for the first page
 * @param limit channels in a page
 */
record ChannelsRequest(String pattern, String after, int limit) {

  static final int MAX_PATTERN_LENGTH = 1_000;

  private static final List<String> PARAMETERS = List.of("pattern", "limit", "cursor");
  private static final String SORT = "channel";

  /**
   * @param parameters the first value of each parameter of the request
   * @throws Refusal 400 with what was expected
   */
  static ChannelsRequest of(Map<String, String> parameters) {
    for (String name : parameters.keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw Refusal.bad("parameter " + Excerpt.of(name), String.join(", ", PARAMETERS));
      }
    }
    String pattern = parameters.getOrDefault("pattern", "");
    if (pattern.length() > MAX_PATTERN_LENGTH) {
      throw Refusal.bad(
          "pattern of " + pattern.length() + " characters", "at most " + MAX_PATTERN_LENGTH);
    }
    int limit = ConnectionsRequest.limit(parameters.get("limit"));
    String cursor = parameters.getOrDefault("cursor", "");
    String after = cursor.isEmpty() ? "" : PageCursor.read(cursor, pattern, SORT).text();
    return new ChannelsRequest(pattern, after, limit);
  }

  /** One more than the page has, to see whether there is one. */
  ChannelsQuestion question() {
    return new ChannelsQuestion(pattern, after, limit + 1);
  }

  /** Where the page after this channel begins. */
  String next(String last) {
    return PageCursor.write(new Cursor(last, 0, last), pattern, SORT);
  }
}
