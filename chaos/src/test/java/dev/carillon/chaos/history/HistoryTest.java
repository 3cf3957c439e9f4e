package dev.carillon.chaos.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    var operations =
        List.of(
            Operation.of("p0", Op.PUBLISH).in("lab:1").with("p0-1").on("n2").at(5),
            Operation.of("p0", Op.NACK).in("lab:1").with("p0-1").code(100).at(6),
            Operation.of("s0", Op.RECOVER).in("lab:1").position("abc", 7).recovered(true).at(7),
            Operation.of("s0", Op.RECOVER).in("lab:1").position("abc", 7).recovered(false).at(8));
    var file = directory.resolve("history.jsonl");
    History.write(operations, file);

    assertEquals(operations, History.read(file));
    assertEquals(
        "{\"at\":5,\"client\":\"p0\",\"op\":\"publish\",\"channel\":\"lab:1\",\"id\":\"p0-1\","
            + "\"node\":\"n2\"}",
        Files.readAllLines(file).get(0));
  }

  @Test
  void aLineThatIsNoOperationIsNamed() throws IOException {
    var file = directory.resolve("history.jsonl");
    for (var line : List.of("{}", "nonsense", "{\"at\":1,\"client\":\"a\",\"op\":\"jump\"}")) {
      Files.writeString(file, "{\"at\":1,\"client\":\"a\",\"op\":\"connect\"}\n" + line + "\n");
      var refused = assertThrows(IllegalArgumentException.class, () -> History.read(file));
      assertTrue(String.valueOf(refused.getMessage()).contains("history.jsonl:2: " + line));
    }
  }

  @Test
  void operationsAreAddedInOneOrderWithTheirTimes() {
    var history = new History();
    history.add(Operation.of("a", Op.CONNECT));
    history.add(Operation.of("b", Op.CONNECT));

    var added = history.operations();
    assertEquals(List.of("a", "b"), added.stream().map(Operation::client).toList());
    assertTrue(added.get(0).at() <= added.get(1).at());
  }
}
