package dev.carillon.protocol;

import java.util.ArrayList;
import java.util.List;

/** What a decoder has read of one node of a filter so far. */
final class FilterDraft {

  String op = "";
  String key = "";
  String cmp = "";
  String val = "";
  final List<String> vals = new ArrayList<>(0);
  final List<TagsFilter> nodes = new ArrayList<>(0);

  TagsFilter filter() {
    return new TagsFilter(op, key, cmp, val, vals, nodes);
  }
}
