package dev.carillon.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.Publication;
import dev.carillon.protocol.TagsFilter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/PROTOCOL.md, "Tags filter". */
class ConditionTest {

  private static final int SIZE = 100;

  private static final Map<String, String> TAGS =
      Map.of("ticker", "ACME", "price", "101.50", "empty", "", "note", "not a number");

  @Test
  void equalsNeedTheTag() {
    assertPasses(compare("ticker", "eq", "ACME"));
    assertFails(compare("ticker", "eq", "acme"));
    assertFails(compare("absent", "eq", "ACME"));
  }

  @Test
  void unequalIsAlsoWhatIsNotThere() {
    assertPasses(compare("ticker", "neq", "acme"));
    assertPasses(compare("absent", "neq", "ACME"));
    assertFails(compare("ticker", "neq", "ACME"));
  }

  @Test
  void listsTakeWhatIsNotThereAsEmpty() {
    assertPasses(compare("ticker", "in", List.of("X", "ACME", "ACME")));
    assertFails(compare("ticker", "in", List.of("X", "Y")));
    assertPasses(compare("absent", "in", List.of("X", "")));
    assertFails(compare("absent", "in", List.of("X")));
    assertFails(compare("ticker", "nin", List.of("X", "ACME")));
    assertPasses(compare("absent", "nin", List.of("X")));
    assertFails(compare("absent", "nin", List.of("")));
  }

  @Test
  void presenceDoesNotLookAtTheValue() {
    assertPasses(compare("empty", "ex", ""));
    assertFails(compare("absent", "ex", ""));
    assertFails(compare("empty", "nex", ""));
    assertPasses(compare("absent", "nex", ""));
    assertFails(compare("", "ex", ""));
  }

  @Test
  void partsOfATextNeedTheTag() {
    assertPasses(compare("ticker", "sw", "AC"));
    assertFails(compare("ticker", "sw", "CM"));
    assertPasses(compare("ticker", "ew", "ME"));
    assertFails(compare("ticker", "ew", "CM"));
    assertPasses(compare("ticker", "ct", "CM"));
    assertFails(compare("ticker", "ct", "MC"));
    assertFails(compare("absent", "sw", "A"));
    assertFails(compare("absent", "ew", "A"));
    assertFails(compare("absent", "ct", "A"));
  }

  @Test
  void numbersAreComparedAsNumbers() {
    assertPasses(compare("price", "gt", "99"));
    assertFails(compare("price", "gt", "101.5"));
    assertPasses(compare("price", "gte", "101.5"));
    assertPasses(compare("price", "lt", "1000"));
    assertFails(compare("price", "lt", "101.5"));
    assertPasses(compare("price", "lte", "+101.500"));
  }

  @Test
  void whatIsNoNumberIsNeitherLessNorMore() {
    for (String comparison : List.of("gt", "gte", "lt", "lte")) {
      assertFails(compare("note", comparison, "1"));
      assertFails(compare("empty", comparison, "1"));
      assertFails(compare("absent", comparison, "1"));
      assertFails(compare("price", comparison, "1e3"));
    }
  }

  @Test
  void nodesAreConnected() {
    TagsFilter yes = compare("ticker", "ex", "");
    TagsFilter no = compare("absent", "ex", "");
    assertPasses(node("and", yes, yes));
    assertFails(node("and", yes, no));
    assertPasses(node("or", no, yes));
    assertFails(node("or", no, no));
    assertPasses(node("not", no));
    assertFails(node("not", yes));
    assertPasses(node("and", yes, node("or", no, node("not", no))));
  }

  @Test
  void aPublicationIsTestedByItsTags() throws Exception {
    Condition condition = Condition.of(compare("ticker", "eq", "ACME"), SIZE);
    assertTrue(condition.test(new Publication(1, "e", Bytes.utf8("1"), null, TAGS, 0)));
    assertFalse(condition.test(new Publication(2, "e", Bytes.utf8("1"), null, Map.of(), 0)));
  }

  @Test
  void connectivesNeedTheirNodes() {
    assertRefused(node("and"));
    assertRefused(node("or"));
    assertRefused(node("not"));
    TagsFilter leaf = compare("ticker", "ex", "");
    assertRefused(node("not", leaf, leaf));
    assertRefused(node("xor", leaf));
    assertRefused(node("AND", leaf));
    assertRefused(node("and", leaf, node("or")));
  }

  @Test
  void comparisonsNeedTheirOperands() {
    assertRefused(compare("ticker", "", "ACME"));
    assertRefused(compare("ticker", "like", "ACME"));
    for (String one : List.of("eq", "neq", "sw", "ew", "ct", "gt", "gte", "lt", "lte")) {
      assertRefused(compare("ticker", one, ""));
      assertRefused(compare("", one, "1"));
      assertRefused(compare("ticker", one, List.of("1")));
      assertRefused(new TagsFilter("", "ticker", one, "1", List.of("1"), List.of()));
    }
    for (String many : List.of("in", "nin")) {
      assertRefused(compare("ticker", many, ""));
      assertRefused(compare("ticker", many, "1"));
      assertRefused(compare("", many, List.of("1")));
      assertRefused(new TagsFilter("", "ticker", many, "1", List.of("1"), List.of()));
    }
    for (String none : List.of("ex", "nex")) {
      assertRefused(compare("ticker", none, "1"));
      assertRefused(compare("ticker", none, List.of("1")));
    }
  }

  @Test
  void nodesAndValuesAreLimitedTogether() throws Exception {
    TagsFilter leaf = compare("ticker", "ex", "");
    TagsFilter[] leaves = Collections.nCopies(SIZE - 1, leaf).toArray(new TagsFilter[0]);
    assertTrue(Condition.of(node("and", leaves), SIZE).passes(TAGS));
    assertRefused(node("not", node("and", leaves)));
    assertRefused(compare("ticker", "in", Collections.nCopies(SIZE, "X")));
  }

  @Test
  void aRefusalQuotesNoValue() {
    var refusal =
        assertThrows(
            FilterException.class,
            () -> Condition.of(compare("secret key", "ex", "secret value"), SIZE));
    assertEquals("ex (expected: neither val nor vals)", refusal.getMessage());
  }

  private static TagsFilter compare(String key, String cmp, String val) {
    return new TagsFilter("", key, cmp, val, List.of(), List.of());
  }

  private static TagsFilter compare(String key, String cmp, List<String> vals) {
    return new TagsFilter("", key, cmp, "", vals, List.of());
  }

  private static TagsFilter node(String op, TagsFilter... nodes) {
    return new TagsFilter(op, "", "", "", List.of(), List.of(nodes));
  }

  private static void assertPasses(TagsFilter filter) {
    assertTrue(passes(filter), filter.toString());
  }

  private static void assertFails(TagsFilter filter) {
    assertFalse(passes(filter), filter.toString());
  }

  private static boolean passes(TagsFilter filter) {
    try {
      return Condition.of(filter, SIZE).passes(TAGS);
    } catch (FilterException refused) {
      throw new AssertionError(refused);
    }
  }

  private static void assertRefused(TagsFilter filter) {
    assertThrows(FilterException.class, () -> Condition.of(filter, SIZE), filter.toString());
  }
}
