package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.tools.NodeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the unit tests of the pages' own JavaScript with Node's test runner. */
class JsUnitIT {
  private static final Path TESTS = Path.of("..", "web-console", "src", "test", "js");

  @Test
  void theTestsOfThePagesPass() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(NodeRuntime.executable().toString());
    command.addAll(List.of("--test", "--test-reporter=tap"));
    command.addAll(testFiles());
    Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
    String report = new String(node.getInputStream().readAllBytes());
    assertEquals(0, node.waitFor(), report);
    assertTrue(count(report, "pass") > 0, report);
    assertEquals(count(report, "tests"), count(report, "pass"), report);
  }

  private static List<String> testFiles() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      List<String> found =
          files.map(Path::toString).filter(path -> path.endsWith(".test.js")).sorted().toList();
      assertTrue(!found.isEmpty(), "no *.test.js in " + TESTS + " (expected: at least one)");
      return found;
    }
  }

  /** Number of tests in the summary at the end of the report, such as "# pass 12". */
  private static int count(String report, String kind) {
    Matcher line = Pattern.compile("(?m)^# " + kind + " (\\d+)$").matcher(report);
    assertTrue(line.find(), report);
    return Integer.parseInt(line.group(1));
  }
}
