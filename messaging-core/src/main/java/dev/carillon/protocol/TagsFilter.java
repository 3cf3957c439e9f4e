package dev.carillon.protocol;

import java.util.List;

/**
 * One node of a filter of tags, as the client wrote it: nothing is checked but its form.
 *
 * @param op {@code and}, {@code or}, {@code not}; empty for a comparison
 * @param key the tag that is compared
 * @param cmp the comparison
 * @param val what the tag is compared with
 * @param vals what it is compared with, for comparisons with several values
 * @param nodes what {@code op} connects
 */
public record TagsFilter(
    String op, String key, String cmp, String val, List<String> vals, List<TagsFilter> nodes) {

  /**
   * Nodes below each other; a deeper filter is malformed. Nobody needs more, recursion can bear it.
   */
  static final int MAX_DEPTH = 64;

  public TagsFilter {
    vals = List.copyOf(vals);
    nodes = List.copyOf(nodes);
  }
}
