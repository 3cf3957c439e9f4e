package dev.carillon.filter;

import dev.carillon.channel.Publication;
import dev.carillon.protocol.TagsFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A filter of tags that was checked (docs/PROTOCOL.md, "Tags filter"). Immutable, for any thread.
 */
public sealed interface Condition extends Predicate<Publication> {

  /**
   * Checks a filter.
   *
   * @param maxSize nodes and values that it may have together: all of them may be looked at for
   *     every publication
   * @throws FilterException if it is not well-formed or too large
   */
  static Condition of(TagsFilter filter, int maxSize) throws FilterException {
    return new FilterCheck(maxSize).condition(filter);
  }

  boolean passes(Map<String, String> tags);

  @Override
  default boolean test(Publication publication) {
    return passes(publication.tags());
  }

  /** All of them hold. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean passes(Map<String, String> tags) {
      for (Condition condition : conditions) {
        if (!condition.passes(tags)) {
          return false;
        }
      }
      return true;
    }
  }

  /** At least one of them holds. */
  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean passes(Map<String, String> tags) {
      for (Condition condition : conditions) {
        if (condition.passes(tags)) {
          return true;
        }
      }
      return false;
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean passes(Map<String, String> tags) {
      return !condition.passes(tags);
    }
  }

  /** The tag is there. */
  record Present(String key) implements Condition {
    @Override
    public boolean passes(Map<String, String> tags) {
      return tags.containsKey(key);
    }
  }

  /** The tag is one of the values; a tag that is not there counts as empty. */
  record OneOf(String key, Set<String> values) implements Condition {
    public OneOf {
      values = Set.copyOf(values);
    }

    @Override
    public boolean passes(Map<String, String> tags) {
      return values.contains(tags.getOrDefault(key, ""));
    }
  }

  /** The tag is there and compares with the value as the comparison says. */
  record Compared(String key, Comparison comparison, String value) implements Condition {
    @Override
    public boolean passes(Map<String, String> tags) {
      String tag = tags.get(key);
      return tag != null && comparison.holds(tag, value);
    }
  }
}
