package dev.carillon.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, without nodes. */
class ChaosTest {
  private static final String HOME = "carillon.home";

  private final String home = System.getProperty(HOME, ".");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @AfterEach
  void restoreHome() {
    System.setProperty(HOME, home);
  }

  private int run(String... arguments) {
    return Chaos.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private void assertRefused(String line, String... arguments) {
    assertEquals(2, run(arguments));
    assertEquals(line + System.lineSeparator(), err.toString());
    err.getBuffer().setLength(0);
  }

  @Test
  void whatCanNotBeUnderstoodIsOneLine() {
    var see = " (expected: see ./carillon chaos --help)";
    assertRefused(
        "./carillon chaos: Invalid value for option '--minutes': x (expected: a number)",
        "--minutes",
        "x");
    assertRefused(
        "./carillon chaos: Invalid value for option '--seed': 1.5 (expected: a whole number)",
        "--seed",
        "1.5");
    assertRefused("./carillon chaos: 'kill'" + see, "kill");
    assertRefused(
        "./carillon chaos: --faults = foo (expected: some of kill, pause, partition, one-way, flap,"
            + " rolling, slow, redis, redis-flush)",
        "--faults",
        "foo");
    assertRefused("./carillon chaos: --nodes = 4 (expected: 3, 5)", "--nodes", "4");
    assertRefused("./carillon chaos: Unknown option: '-V'" + see, "-V");
    assertRefused(
        "./carillon chaos: --check = no/such.jsonl (expected: a file that exists)",
        "--check",
        "no/such.jsonl");
  }

  @Test
  void helpHasTheWordsOfTheOtherCommands() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("-h, --help"), out::toString);
    assertTrue(out.toString().contains("Prints this text."), out::toString);
    assertFalse(out.toString().contains("--version"), out::toString);
  }

  @Test
  void aRunThatDoesNotComeToItsEndHasAVerdictAsWell() throws IOException {
    var script = Files.writeString(directory.resolve("carillon"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    System.setProperty(HOME, directory.toString());

    assertEquals(1, run("--rounds", "1", "--faults", "kill", "--json"));
    assertTrue(err.toString().contains("./carillon chaos: "), err::toString);
    var verdict = new JsonObject(out.toString().lines().reduce("", (before, line) -> line));
    assertEquals(false, verdict.getBoolean("passed"));
    assertTrue(verdict.getString("failed").contains("certs"), verdict::encode);
  }
}
