package dev.carillon.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the house rules over the repository. What each rule is for stands in docs/STYLE.md. */
class TidyTest {

  /** Main classes of 301 to 500 lines. Take names out; put none in without a reason beside it. */
  private static final Set<String> LONG_FILES = Set.of();

  /** Where JSON is turned into values and back; the lab's clients are the other end of the wire. */
  private static final List<Pattern> JSON_EDGES =
      Stream.of(
              "/dev/carillon/protocol/",
              "/dev/carillon/chaos/load/",
              "Json\\.java$",
              "Options\\.java$")
          .map(Pattern::compile)
          .toList();

  private static final List<String> REQUIRED =
      List.of(
          ".ci/run",
          ".editorconfig",
          ".gitignore",
          "CHANGELOG.md",
          "LICENSE",
          "README.md",
          "carillon",
          "docs/ARCHITECTURE.md",
          "docs/CONFIGURATION.md",
          "docs/PROTOCOL.md",
          "docs/STYLE.md",
          "docs/VOCABULARY.md",
          "mvnw",
          "pom.xml");

  private static final Repository REPOSITORY = Repository.around(Path.of(""));

  @Test
  void theRepositoryIsFound() {
    assertTrue(REPOSITORY.mainJava().findAny().isPresent() || REPOSITORY.testJava().count() > 0);
  }

  @Test
  void filesMethodsAndLinesAreShort() {
    keep(new SizeRule(LONG_FILES));
  }

  @Test
  void typesAreNamedByNouns() {
    keep(new NameRule());
  }

  @Test
  void nothingIsLeftUnfinished() {
    keep(new LeftoverRule());
  }

  @Test
  void thereAreNoLocksNoHiddenClocksAndNoSleepingTests() {
    keep(new BannedCodeRule());
  }

  @Test
  void jsonStopsAtTheEdge() {
    keep(new JsonEdgeRule(JSON_EDGES));
  }

  @Test
  void whatReadersLookForIsThere() {
    keep(new LayoutRule(REQUIRED));
  }

  @Test
  void citedPagesExist() {
    keep(new CitationRule());
  }

  @Test
  void testsThatAreNamedAsProofExist() {
    keep(new ProofRule());
  }

  private static void keep(Rule rule) {
    assertEquals(
        "",
        rule.check(REPOSITORY).map(Complaint::toString).sorted().collect(Collectors.joining("\n")));
  }
}
