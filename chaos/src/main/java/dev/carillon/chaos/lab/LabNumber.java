package dev.carillon.chaos.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A number that no other running lab of this machine has: names and addresses are made from it, so
 * that labs do not meet. It is held by a lock on a file, which the system releases whatever becomes
 * of this process; the file says which processes the lab started, so that the next lab with the
 * number can end what a killed one left behind. Safe from any thread; calls block.
 */
final class LabNumber implements AutoCloseable {
  /** So many labs can run at once: each has two of 256 subnets. */
  static final int COUNT = 100;

  /** By which the system's word on when a process started may differ from time to time. */
  private static final Duration CLOCK = Duration.ofSeconds(2);

  private static final long PATIENCE_SECONDS = 5;

  private final int value;
  private final FileChannel file;
  private final FileLock lock;
  private final Queue<ProcessHandle> processes = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  private LabNumber(int value, FileChannel file, FileLock lock) {
    this.value = value;
    this.file = file;
    this.lock = lock;
  }

  /**
   * Takes the first free number, and ends the processes of a lab that had it and was killed.
   *
   * @throws LabException if none is free
   */
  static LabNumber claim() {
    return claim(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** The same for labs that share this folder. */
  static LabNumber claim(Path folder) {
    for (int value = 0; value < COUNT; value++) {
      var claimed = claim(folder.resolve("carillon-chaos-" + value + ".lock"), value);
      if (claimed != null) {
        return claimed;
      }
    }
    throw new LabException(
        folder + "/carillon-chaos-*.lock are all taken (expected: at most " + COUNT + " labs)");
  }

  private static @Nullable LabNumber claim(Path path, int value) {
    try {
      var file =
          FileChannel.open(
              path,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS));
      var lock = lock(file);
      if (lock == null) {
        file.close();
        return null;
      }
      var number = new LabNumber(value, file, lock);
      number.endForgotten();
      return number;
    } catch (IOException ofAnotherUser) {
      return null;
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException ofThisProcess) {
      return null;
    }
  }

  /** The number, from 0. */
  int value() {
    return value;
  }

  /** Remembers a process, which ends with the lab at the latest. */
  void started(Process process) {
    var handle = process.toHandle();
    processes.add(handle);
    if (over) {
      end(handle);
      throw new LabException("lab " + value + " is over");
    }
    long begin = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    var line = handle.pid() + " " + begin + "\n";
    try {
      file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException unwritten) {
      throw new LabException("lab " + value + ": " + unwritten.getMessage());
    }
  }

  /** Ends all processes at once, and those that are started later. */
  void endProcesses() {
    over = true;
    processes.forEach(LabNumber::end);
  }

  /** Gives the number back. */
  @Override
  public void close() {
    endProcesses();
    try {
      if (lock.isValid()) {
        file.truncate(0);
      }
      file.close();
    } catch (IOException unwritten) {
      throw new LabException("lab " + value + ": " + unwritten.getMessage());
    }
  }

  private void endForgotten() throws IOException {
    var said = new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.US_ASCII);
    for (var line : said.lines().filter(line -> line.matches("\\d+ \\d+")).toList()) {
      var words = line.split(" ");
      var begin = Instant.ofEpochMilli(Long.parseLong(words[1]));
      ProcessHandle.of(Long.parseLong(words[0]))
          .filter(process -> began(process, begin))
          .ifPresent(LabNumber::end);
    }
    file.truncate(0);
  }

  /** Numbers of processes are given again, but not within the same second. */
  private static boolean began(ProcessHandle process, Instant begin) {
    return process
        .info()
        .startInstant()
        .filter(start -> Duration.between(begin, start).abs().compareTo(CLOCK) < 0)
        .isPresent();
  }

  private static void end(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
