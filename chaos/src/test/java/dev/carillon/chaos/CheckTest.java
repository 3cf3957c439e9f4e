package dev.carillon.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.chaos.history.History;
import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  @TempDir private Path directory;

  @Test
  void aFileIsCheckedAndItsFaultsAreReported() throws IOException {
    var file = directory.resolve("history.jsonl");
    History.write(
        List.of(
            Operation.of("nemesis", Op.FAULT).with("kill").on("n1").at(10),
            Operation.of("p0", Op.PUBLISH).in("lab:1").with("p0-1").on("n2").at(20),
            Operation.of("p0", Op.ACK).in("lab:1").with("p0-1").on("n2").at(25),
            Operation.of("nemesis", Op.MENDED).with("kill").on("n1").at(30),
            Operation.of("nemesis", Op.HEALED).with("kill").on("n1").at(70)),
        file);
    var text = new StringWriter();
    var command = Chaos.command().setOut(new PrintWriter(text));

    assertEquals(1, command.execute("--check", file.toString(), "--json"));
    assertTrue(text.toString().contains("acked_lost: 1"), text::toString);
    var row = text.toString().lines().filter(line -> line.startsWith("kill ")).findFirst();
    assertEquals("kill 1 1 1 0 0 5/5/5 0/0/0 - - 40/40/40", row.orElse("").replaceAll(" +", " "));
    var last = new JsonObject(text.toString().lines().reduce("", (before, line) -> line));
    var kill = last.getJsonObject("per_fault").getJsonObject("kill");
    assertEquals(1, kill.getInteger("acked_lost"));
    assertEquals(40, kill.getJsonObject("heal_ms").getInteger("median"));
  }
}
