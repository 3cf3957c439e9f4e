package dev.carillon.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Jazzer on one target, in a process of its own, because its agent changes every class that is
 * loaded. Without {@code -Dfuzz.seconds} it ends after a number of inputs that is the same
 * everywhere; with it, after that time, and prints the inputs that would make the corpus better.
 */
public final class FuzzRun {

  private static final int RUNS = 10_000;
  private static final int MAX_INPUT_BYTES = 4_096;

  /** Whose branches and comparisons lead the way. */
  private static final String INSTRUMENTED = "dev.carillon.**:com.fasterxml.jackson.core.**";

  /** Far more than a slow machine needs; the process is ended then. */
  private static final int MINUTES = 5;

  private final FuzzTarget target;
  private final Path folder;
  private final Path corpus;

  public FuzzRun(FuzzTarget target) {
    this.target = target;
    this.folder = Path.of("target", "fuzz", target.name()).toAbsolutePath();
    this.corpus = folder.resolve("corpus");
  }

  /** Fails with what Jazzer says if it finds an input that does harm. */
  public void findsNothing() throws IOException, InterruptedException {
    int seconds = Integer.getInteger("fuzz.seconds", 0);
    prepare(seconds > 0);
    Path log = folder.resolve("log.txt");
    var command = new ArrayList<String>(jazzer());
    if (seconds == 0) {
      // What runs for so short a time is not worth more compiling.
      command.add(1, "-XX:TieredStopAtLevel=1");
    }
    command.add(seconds > 0 ? "-max_total_time=" + seconds : "-runs=" + RUNS);
    command.add(corpus.toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      boolean ended =
          process.waitFor(seconds + TimeUnit.MINUTES.toSeconds(MINUTES), TimeUnit.SECONDS);
      assertTrue(ended, () -> target.name() + " did not end, see " + log);
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(log);
    assertEquals(0, process.exitValue(), said.substring(Math.max(0, said.indexOf("\n== "))));
    assertFalse(said.contains("no interesting inputs"), "not led by coverage: " + said);
    if (seconds > 0) {
      keep();
    }
  }

  /** Writes the corpus; a long run goes on with what earlier ones have found. */
  private void prepare(boolean goesOn) throws IOException {
    Files.createDirectories(corpus);
    if (!goesOn) {
      try (Stream<Path> files = Files.list(corpus)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    int i = 0;
    for (byte[] input : target.inputs()) {
      Files.write(corpus.resolve("kept-" + i++), input);
    }
  }

  private List<String> jazzer() throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Whoever allocates without limit fails with this.
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type().getName(),
                "--instrumentation_includes=" + INSTRUMENTED,
                "--instrumentation_excludes=dev.carillon.protocol.contract.**",
                "--custom_hook_includes=" + INSTRUMENTED,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_len=" + MAX_INPUT_BYTES,
                "-seed=1"));
    if (!target.dictionary().isEmpty()) {
      Path words = folder.resolve("words.dict");
      try (InputStream in = target.type().getResourceAsStream(target.dictionary())) {
        Files.write(words, Objects.requireNonNull(in, target.dictionary()).readAllBytes());
      }
      command.add("-dict=" + words);
    }
    return command;
  }

  /** Everything that reached something new, in the form of the corpus in the repository. */
  private void keep() throws IOException {
    var lines = new TreeSet<String>();
    try (Stream<Path> files = Files.list(corpus)) {
      for (Path file : files.toList()) {
        lines.add(HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    Files.write(folder.resolve("corpus.txt"), lines);
  }
}
