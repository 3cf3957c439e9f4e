package dev.carillon.admin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one console looks at.
 *
 * @param number chosen by the page, so that it knows which of its wishes an answer belongs to
 * @param connections the part of the table that is shown; null when only the nodes are
 */
record ConsoleView(long number, @Nullable ConnectionsRequest connections) {

  /**
   * @param parameters {@code view}, the number; {@code page}, nodes or connections; with the latter
   *     what {@link ConnectionsRequest} knows
   * @throws Refusal 400 with what was expected
   */
  static ConsoleView of(Map<String, String> parameters) {
    String number = parameters.getOrDefault("view", "");
    if (!number.matches("\\d{1,15}")) {
      throw new Refusal(400, "view " + number + " (expected: a number)");
    }
    String page = parameters.getOrDefault("page", "");
    return switch (page) {
      case "nodes" -> new ConsoleView(Long.parseLong(number), null);
      case "connections" ->
          new ConsoleView(Long.parseLong(number), ConnectionsRequest.of(parameters));
      default -> throw new Refusal(400, "page " + page + " (expected: nodes or connections)");
    };
  }
}
