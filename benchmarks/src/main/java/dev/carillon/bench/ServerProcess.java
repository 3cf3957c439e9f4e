package dev.carillon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A node in a process of its own, started as everybody starts it. */
final class ServerProcess implements AutoCloseable {

  private static final int START_SECONDS = 120;
  private static final double CLOCK_TICKS = 100;

  private final Process process;
  private final Path state;
  private final Path file;

  private ServerProcess(Process process, Path state, Path file) {
    this.process = process;
    this.state = state;
    this.file = file;
  }

  /** Starts one of this name and waits for nothing. */
  static ServerProcess launch(NodeCommand command, String name, List<String> settings)
      throws IOException {
    Path state = Files.createTempDirectory("carillon-bench");
    Path log = state.resolve("log");
    var builder = command.process(name, state, settings);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new ServerProcess(builder.start(), state, state.resolve("nodes/" + name + ".json"));
  }

  /** Starts one and waits until it serves. */
  static ServerProcess start(NodeCommand command, List<String> settings)
      throws IOException, InterruptedException {
    var server = launch(command, "bench", settings);
    server.await();
    return server;
  }

  /** Waits until it serves. */
  void await() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.exists(file)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the node did not start:\n" + Files.readString(state.resolve("log")));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  int port(String listener) throws IOException {
    String banner = Files.readString(file);
    var found = Pattern.compile("\"" + listener + "\"\\s*:\\s*(\\d+)").matcher(banner);
    if (!found.find()) {
      throw new IllegalStateException(banner + " (expected: a port " + listener + ")");
    }
    return Integer.parseInt(found.group(1));
  }

  /** Seconds of CPU that the whole process has used, by itself and in the kernel. */
  record Cpu(double user, double system) {

    Cpu since(Cpu before) {
      return new Cpu(user - before.user, system - before.system);
    }

    double all() {
      return user + system;
    }
  }

  Cpu cpu() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new Cpu(
        Double.parseDouble(fields[11]) / CLOCK_TICKS, Double.parseDouble(fields[12]) / CLOCK_TICKS);
  }

  /** Bytes of memory that belong to the process alone and to no file. */
  long anonymousBytes() {
    var found = Pattern.compile("Pss_Anon:\\s+(\\d+) kB").matcher(read("smaps_rollup"));
    if (!found.find()) {
      throw new IllegalStateException("smaps_rollup (expected: a line Pss_Anon)");
    }
    return Long.parseLong(found.group(1)) * 1024;
  }

  /** Runs a full garbage collection. */
  void collect() throws IOException, InterruptedException {
    jcmd("GC.run");
  }

  /** Bytes of live objects, after a full garbage collection. */
  long heapBytes() throws IOException, InterruptedException {
    return histogram().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Bytes of live objects of each class, after a full garbage collection. */
  Map<String, Long> histogram() throws IOException, InterruptedException {
    Map<String, Long> bytes = new HashMap<>();
    var row = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");
    for (String line : jcmd("GC.class_histogram").split("\n")) {
      var found = row.matcher(line);
      if (found.matches()) {
        bytes.merge(found.group(2), Long.parseLong(found.group(1)), Long::sum);
      }
    }
    return bytes;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    var jcmd = new ProcessBuilder("jcmd", String.valueOf(process.pid()), command);
    Process running = jcmd.redirectErrorStream(true).start();
    String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (running.waitFor() != 0) {
      throw new IOException("jcmd: " + output);
    }
    return output;
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      try (var files = Files.walk(state)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException kept) {
      throw new UncheckedIOException(kept);
    }
  }
}
