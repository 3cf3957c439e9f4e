package dev.carillon.chaos.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabNumberTest {
  @TempDir private Path folder;

  @Test
  void twoLabsHaveDifferentNumbersAndOneThatIsOverGivesItsBack() {
    try (var first = LabNumber.claim(folder)) {
      try (var second = LabNumber.claim(folder)) {
        assertEquals(0, first.value());
        assertEquals(1, second.value());
      }
      try (var third = LabNumber.claim(folder)) {
        assertEquals(1, third.value());
      }
    }
  }

  @Test
  void theNumberAfterTheLastIsRefused() {
    var claimed = new ArrayList<LabNumber>();
    for (int i = 0; i < LabNumber.COUNT; i++) {
      claimed.add(LabNumber.claim(folder));
    }
    assertThrows(LabException.class, () -> LabNumber.claim(folder));
    claimed.forEach(LabNumber::close);
  }

  @Test
  void processesEndWithTheirLab() throws IOException {
    var process = sleeper();
    try (var lab = LabNumber.claim(folder)) {
      lab.started(process);
      assertTrue(process.isAlive());
      lab.endProcesses();
      var late = sleeper();
      assertThrows(LabException.class, () -> lab.started(late));
      assertFalse(late.isAlive());
    }
    assertFalse(process.isAlive());
  }

  @Test
  void whatAKilledLabLeftBehindEndsWithTheNextOfItsNumber() throws IOException {
    var forgotten = sleeper();
    var other = sleeper();
    long begin = forgotten.info().startInstant().orElseThrow().toEpochMilli();
    var file = folder.resolve("carillon-chaos-0.lock");
    // The second line is of a process that was long over when its number was given again.
    Files.writeString(
        file,
        forgotten.pid() + " " + begin + "\n" + other.pid() + " " + Instant.EPOCH.toEpochMilli());
    try (var lab = LabNumber.claim(folder)) {
      assertEquals(0, lab.value());
      assertFalse(forgotten.isAlive());
      assertTrue(other.isAlive());
      assertEquals("", Files.readString(file));
    } finally {
      other.destroyForcibly();
    }
  }

  private static Process sleeper() throws IOException {
    return new ProcessBuilder("sleep", "600").start();
  }
}
