package dev.carillon.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A gate that never objects is no gate: each rule is fed what it has to refuse. */
class RulesObjectTest {

  private static final String MAIN = "core/src/main/java/dev/carillon/session/Session.java";
  private static final String TEST = "core/src/test/java/dev/carillon/session/SessionTest.java";

  private static final SizeRule SIZES = new SizeRule(Set.of());

  @Test
  void aFileOfThreeHundredAndOneLinesIsTooLong() {
    String lines = "//\n".repeat(SizeRule.FILE_LINES);
    assertQuiet(SIZES, MAIN, lines);
    assertObjects(SIZES, MAIN, lines + "//", "301 lines");
  }

  @Test
  void anExceptedFileEndsAtFiveHundredLinesAndLosesItsExceptionWhenItIsShort() {
    SizeRule rule = new SizeRule(Set.of("Session"));
    assertQuiet(rule, MAIN, "//\n".repeat(SizeRule.FILE_LINES_HARD));
    assertObjects(rule, MAIN, "//\n".repeat(SizeRule.FILE_LINES_HARD + 1), "501 lines");
    assertObjects(rule, MAIN, "//\n", "is short again");
  }

  @Test
  void aMethodOfFortyOneLinesIsTooLong() {
    assertQuiet(SIZES, MAIN, "class A { void b() {" + "\n".repeat(39) + "} }");
    assertObjects(SIZES, MAIN, "class A { void b() {" + "\n".repeat(40) + "} }", "b has 41 lines");
  }

  @Test
  void sixParametersAreTooManyButForRecords() {
    String six = "(int a, int b, int c, int d, int e, int f)";
    assertObjects(SIZES, MAIN, "class A { void b" + six + " {} }", "b has 6 parameters");
    assertQuiet(SIZES, MAIN, "record A" + six + " {\nA" + six + " { this.a = a; } }");
  }

  @Test
  void aLineOfOneHundredAndOneColumnsIsTooWide() {
    assertQuiet(SIZES, MAIN, "/".repeat(SizeRule.COLUMNS));
    assertObjects(SIZES, MAIN, "/".repeat(SizeRule.COLUMNS + 1), "line too wide");
    assertQuiet(SIZES, MAIN, "import a." + "b".repeat(SizeRule.COLUMNS) + ";");
  }

  @Test
  void emptyWordsInTypeNamesAreRefused() {
    assertObjects(new NameRule(), MAIN, "class SessionUtils {}", "type name SessionUtils");
    assertObjects(new NameRule(), MAIN, "class A { record B() { enum CommonD {} } }", "CommonD");
    assertQuiet(new NameRule(), MAIN, "interface PresenceManager {} class Database {}");
  }

  @Test
  void marksOfUnfinishedWorkAreRefusedInEveryKindOfFile() {
    String mark = "TO" + "DO";
    assertObjects(new LeftoverRule(), MAIN, "// " + mark + ": later", "leftover mark");
    assertObjects(new LeftoverRule(), "docs/ARCHITECTURE.md", mark, "leftover mark");
    assertQuiet(new LeftoverRule(), MAIN, "// " + mark + "S");
  }

  @Test
  void locksAreRefused() {
    Rule rule = new BannedCodeRule();
    assertObjects(rule, MAIN, "class A { synchronized void b() {} }", "synchronized method b");
    String block = "class A { void b() { synchronized (this) { b(); } } }";
    assertObjects(rule, MAIN, block, "synchronized block");
  }

  @Test
  void clocksAreRefusedInPurePackagesOnly() {
    Rule rule = new BannedCodeRule();
    String body = "class A { long b = System.nanoTime(); java.time.Instant c = Instant.now(); }";
    assertObjects(rule, MAIN, body, "System.nanoTime in a pure package");
    assertObjects(rule, MAIN, body, "Instant.now in a pure package");
    assertObjects(rule, MAIN, "class A { Clock b; }", "Clock in a pure package");
    assertQuiet(rule, MAIN.replace("session", "hub"), body);
  }

  @Test
  void testsNeitherSleepNorAreSwitchedOff() {
    Rule rule = new BannedCodeRule();
    assertObjects(rule, TEST, "class A { void b() { Thread.sleep(1); } }", "Thread.sleep");
    assertObjects(rule, TEST, "@Disabled class A {}", "@Disabled");
    assertObjects(rule, TEST, "@DisabledOnOs(OS.MAC) class A {}", "@DisabledOnOs");
  }

  @Test
  void jsonIsRefusedBehindTheEdge() {
    Rule rule = new JsonEdgeRule(List.of(Pattern.compile("Json\\.java$")));
    String code = "import io.vertx.core.json.JsonObject;";
    assertObjects(rule, MAIN, code, "JSON inside");
    assertQuiet(rule, MAIN.replace("Session.java", "SessionJson.java"), code);
  }

  @Test
  void missingFilesAreNamed() {
    Rule rule = new LayoutRule(List.of("README.md"));
    Repository repository =
        Repository.of(
            List.of(
                TextFile.of("core/src/main/java/dev/carillon/hub/Hub.java", ""),
                TextFile.of("verticles/tcp-echo/src/main/resources/a.yaml", "")));
    assertEquals(
        List.of(
            "README.md:0: missing (expected: this file)",
            "core/src/main/java/dev/carillon/hub/package-info.java:0: missing"
                + " (expected: this file)",
            "verticles/tcp-echo/README.md:0: missing (expected: this file)"),
        rule.check(repository).map(Complaint::toString).sorted().toList());
  }

  @Test
  void everyDecisionHasANumberOfItsOwn() {
    Repository repository =
        Repository.of(
            List.of(
                TextFile.of("docs/adr/0002-b.md", ""),
                TextFile.of("docs/adr/0001-a.md", ""),
                TextFile.of("docs/adr/0002-c.md", "")));
    assertEquals(
        List.of("docs/adr/0002-c.md:0: number of another decision (expected: a number of its own)"),
        new LayoutRule(List.of()).check(repository).map(Complaint::toString).toList());
  }

  @Test
  void citedPagesMustExist() {
    Rule rule = new CitationRule();
    assertObjects(rule, MAIN, "// why: docs/GONE.md, section 2", "cites docs/GONE.md");
    assertObjects(rule, "docs/A.md", "[b](adr/0001-b.md)", "cites adr/0001-b.md");
    assertQuiet(rule, "docs/A.md", "[itself](A.md), https://example.org/B.md and docs/A.md");
  }

  @Test
  void testsThatProveSomethingMustExist() {
    TextFile test = TextFile.of(TEST, "class SessionTest { void aPingIsAnswered() {} }");
    String there = "| ping | `SessionTest`, `SessionTest.aPingIsAnswered`, a `Test` |";
    String gone = "`GoneIT`, `SessionTest.aPing`";
    TextFile page = TextFile.of("docs/A.md", there + "\n" + gone);
    assertEquals(
        List.of("names `GoneIT`", "names `SessionTest.aPing`"),
        new ProofRule().check(Repository.of(List.of(test, page))).map(Complaint::message).toList());
  }

  @Test
  void aComplaintNamesThePlace() {
    List<String> said =
        new NameRule()
            .check(Repository.of(List.of(TextFile.of(MAIN, "\nclass AbstractSession {}"))))
            .map(Complaint::toString)
            .toList();
    assertEquals(1, said.size());
    assertEquals(MAIN + ":2: type name AbstractSession", said.get(0).replaceFirst(" \\(.*", ""));
  }

  private static void assertObjects(Rule rule, String path, String content, String message) {
    List<String> said = check(rule, path, content).map(Complaint::message).toList();
    assertEquals(1, said.stream().filter(one -> one.contains(message)).count(), said.toString());
  }

  private static void assertQuiet(Rule rule, String path, String content) {
    assertEquals(List.of(), check(rule, path, content).toList());
  }

  private static Stream<Complaint> check(Rule rule, String path, String content) {
    return rule.check(Repository.of(List.of(TextFile.of(path, content))));
  }
}
