package dev.carillon.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Three real nodes, and each of the three commonest faults once. */
class ShortRunIT {

  private static final int NOT_PERMITTED = 3;

  @Test
  void nothingAcknowledgedIsLostDoubledOrSilentlyMissing() {
    var run = Run.of("kill,partition,rolling");
    if (run.code == NOT_PERMITTED) {
      // No network namespaces here: the verdict says that no node was cut off.
      System.out.println(run.text);
      run = Run.of("kill,rolling");
    }
    System.out.println(run.text);
    assertEquals(0, run.code, run.text);
    var verdict = new JsonObject(run.text.lines().reduce("", (before, line) -> line));
    assertTrue(verdict.getLong("acked") > 0, run.text);
    assertTrue(verdict.getJsonArray("faults_run").contains("kill"), run.text);
  }

  private record Run(int code, String text) {

    static Run of(String faults) {
      var text = new StringWriter();
      var command = Chaos.command();
      command.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
      return new Run(
          command.execute("--rounds", "1", "--faults", faults, "--json"), text.toString());
    }
  }
}
