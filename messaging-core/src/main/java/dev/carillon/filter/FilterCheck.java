package dev.carillon.filter;

import dev.carillon.filter.Condition.All;
import dev.carillon.filter.Condition.Any;
import dev.carillon.filter.Condition.Compared;
import dev.carillon.filter.Condition.Not;
import dev.carillon.filter.Condition.OneOf;
import dev.carillon.filter.Condition.Present;
import dev.carillon.protocol.TagsFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes a condition of one filter as a client wrote it, or says what is wrong with it. */
final class FilterCheck {

  private final int maxSize;
  private int size;

  FilterCheck(int maxSize) {
    this.maxSize = maxSize;
  }

  Condition condition(TagsFilter filter) throws FilterException {
    count(1 + filter.vals().size());
    return switch (filter.op()) {
      case "" -> comparison(filter);
      case "and" -> new All(conditions(filter));
      case "or" -> new Any(conditions(filter));
      case "not" -> {
        require(filter.nodes().size() == 1, "not", "exactly one node");
        yield new Not(condition(filter.nodes().get(0)));
      }
      default -> throw new FilterException("another operator (expected: and, or, not or none)");
    };
  }

  private List<Condition> conditions(TagsFilter filter) throws FilterException {
    require(!filter.nodes().isEmpty(), filter.op(), "at least one node");
    var conditions = new ArrayList<Condition>(filter.nodes().size());
    for (TagsFilter node : filter.nodes()) {
      conditions.add(condition(node));
    }
    return conditions;
  }

  private static Condition comparison(TagsFilter filter) throws FilterException {
    return switch (filter.cmp()) {
      case "eq" -> compared(filter, Comparison.EQUAL);
      case "neq" -> new Not(compared(filter, Comparison.EQUAL));
      case "sw" -> compared(filter, Comparison.STARTS);
      case "ew" -> compared(filter, Comparison.ENDS);
      case "ct" -> compared(filter, Comparison.CONTAINS);
      case "gt" -> compared(filter, Comparison.GREATER);
      case "gte" -> compared(filter, Comparison.AT_LEAST);
      case "lt" -> compared(filter, Comparison.LESS);
      case "lte" -> compared(filter, Comparison.AT_MOST);
      case "in" -> oneOf(filter);
      case "nin" -> new Not(oneOf(filter));
      case "ex" -> present(filter);
      case "nex" -> new Not(present(filter));
      default ->
          throw new FilterException(
              "another comparison (expected: eq, neq, in, nin, ex, nex, sw, ew, ct, gt, gte, lt"
                  + " or lte)");
    };
  }

  private static Condition compared(TagsFilter filter, Comparison comparison)
      throws FilterException {
    require(!filter.key().isEmpty(), filter.cmp(), "a key");
    require(!filter.val().isEmpty() && filter.vals().isEmpty(), filter.cmp(), "val, not vals");
    return new Compared(filter.key(), comparison, filter.val());
  }

  private static Condition oneOf(TagsFilter filter) throws FilterException {
    require(!filter.key().isEmpty(), filter.cmp(), "a key");
    require(filter.val().isEmpty() && !filter.vals().isEmpty(), filter.cmp(), "vals, not val");
    return new OneOf(filter.key(), Set.copyOf(filter.vals()));
  }

  private static Condition present(TagsFilter filter) throws FilterException {
    require(
        filter.val().isEmpty() && filter.vals().isEmpty(), filter.cmp(), "neither val nor vals");
    return new Present(filter.key());
  }

  private void count(int more) throws FilterException {
    size += more;
    if (size > maxSize) {
      throw new FilterException("more nodes and values (expected: " + maxSize + " at most)");
    }
  }

  private static void require(boolean satisfied, String operator, String expected)
      throws FilterException {
    if (!satisfied) {
      throw new FilterException(operator + " (expected: " + expected + ")");
    }
  }
}
