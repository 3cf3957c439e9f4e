package dev.carillon.chaos.history;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * What happened, in one order: that in which it was added. Operations of one client are added by
 * one thread and keep their order. Safe from any thread.
 */
public final class History {
  private final long beginning = System.nanoTime();
  private final ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();

  /** Milliseconds since the beginning. */
  public long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginning);
  }

  /** Adds an operation that happens now. */
  public void add(Operation operation) {
    operations.add(operation.at(now()));
  }

  /** All that has been added. */
  public List<Operation> operations() {
    return new ArrayList<>(operations);
  }

  /** Writes JSON Lines: one operation a line. */
  public static void write(List<Operation> operations, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (var operation : operations) {
        out.write(OperationJson.line(operation));
        out.newLine();
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException for a line that is no operation, with its number
   */
  public static List<Operation> read(Path file) throws IOException {
    var operations = new ArrayList<Operation>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      int number = 1;
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        operations.add(parse(file, number, line));
        number++;
      }
    }
    return operations;
  }

  private static Operation parse(Path file, int number, String line) {
    try {
      return OperationJson.parse(line);
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException(
          file + ":" + number + ": " + line + " (expected: an operation, see chaos/README.md)",
          malformed);
    }
  }
}
