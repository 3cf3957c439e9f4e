package dev.carillon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script ./carillon with a Maven and a program of a few lines, so that a build takes no time.
 */
class ScriptTest {
  private static final Path SCRIPT = Path.of("..", "carillon").toAbsolutePath().normalize();
  private static final List<String> MODULES =
      List.of(
          "shared-codecs",
          "messaging-core",
          "cluster-config",
          "verticles",
          "web-console",
          "distribution");

  private record Outcome(int code, String out, String err) {}

  @TempDir private Path directory;
  @TempDir private Path outputs;
  private Path home;

  @BeforeEach
  void layOut() throws IOException {
    // Everything must work where names have spaces.
    home = Files.createDirectory(directory.resolve("a home"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    for (var module : MODULES) {
      Files.createDirectories(home.resolve(module).resolve("src/main/java"));
    }
    age(home);
    writeProgram(home.resolve("program.jar"));
    maven("mkdir -p distribution/target\ncp program.jar distribution/target/carillon.jar");
  }

  /** A Maven that says that it was called and then does this. */
  private void maven(String actions) throws IOException {
    var script = home.resolve("mvnw");
    Files.writeString(script, "#!/bin/sh\nset -e\necho built >> builds\n" + actions + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void writeProgram(Path jar) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, EchoMain.class.getName());
    var entry = EchoMain.class.getName().replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream in = EchoMain.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      Objects.requireNonNull(in).transferTo(out);
    }
  }

  /** Makes everything so old that nothing is newer than a build of now. */
  private static void age(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (var path : paths.toList()) {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(3600)));
      }
    }
  }

  /** A call of the script that runs; its output goes to files. */
  private record Call(Process process, Path out, Path err) {
    Outcome end() throws IOException, InterruptedException {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("the script hangs: " + Files.readString(err));
      }
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  private Call start(Map<String, String> environment, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    var out = Files.createTempFile(outputs, "out", "");
    var err = Files.createTempFile(outputs, "err", "");
    var builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
    builder.environment().put("CARILLON_HOME", home.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new Call(builder.start(), out, err);
  }

  private Outcome run(String... arguments) throws IOException, InterruptedException {
    return start(Map.of(), arguments).end();
  }

  private long builds() throws IOException {
    return Files.readAllLines(home.resolve("builds")).size();
  }

  @Test
  void theFirstCallBuildsAndTheNextDoesNot() throws Exception {
    var first = run("start", "--name", "n 1");
    assertEquals(0, first.code, first::toString);
    assertTrue(first.out.contains("arguments start --name n 1\n"), first::toString);
    assertEquals(2, first.err.lines().count(), first::toString);
    assertTrue(first.err.startsWith("Building Carillon ... (log: "), first::toString);
    assertTrue(first.err.contains("Built Carillon in "), first::toString);
    var second = run("version");
    assertEquals(0, second.code, second::toString);
    assertEquals("", second.err);
    assertEquals(1, builds());
  }

  @Test
  void newerSourcesAreBuiltAgainButNewerTestsAreNot() throws Exception {
    run("version");
    var test = home.resolve("distribution/src/test/java/OneTest.java");
    Files.createDirectories(test.getParent());
    Files.writeString(test, "");
    run("version");
    assertEquals(1, builds());
    var source = home.resolve("verticles/src/main/java/One.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    run("version");
    assertEquals(2, builds());
  }

  @Test
  void oneOfSeveralCallsBuilds() throws Exception {
    maven("sleep 1\nmkdir -p distribution/target\ncp program.jar distribution/target/carillon.jar");
    var calls = new ArrayList<Call>();
    for (int i = 0; i < 4; i++) {
      calls.add(start(Map.of(), "version"));
    }
    for (var call : calls) {
      var outcome = call.end();
      assertEquals(0, outcome.code, outcome::toString);
    }
    assertEquals(1, builds());
    assertFalse(Files.exists(home.resolve(".carillon/build.lock")));
  }

  @Test
  void whoWaitsForTheBuildOfAnotherIsTold() throws Exception {
    var lock = Files.createDirectories(home.resolve(".carillon/build.lock"));
    Files.writeString(lock.resolve("pid"), ProcessHandle.current().pid() + "\n");
    var call = start(Map.of(), "--help");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (Files.size(call.err) == 0) {
      assertTrue(System.nanoTime() < deadline, "not a word");
      Thread.onSpinWait();
    }
    Files.delete(lock.resolve("pid"));
    Files.delete(lock);
    var outcome = call.end();
    assertEquals(0, outcome.code, outcome::toString);
    assertTrue(outcome.err.startsWith("Another call builds Carillon; wait"), outcome::toString);
  }

  @Test
  void aLockWhoseProcessIsGoneIsTakenOver() throws Exception {
    var lock = Files.createDirectories(home.resolve(".carillon/build.lock"));
    Files.writeString(lock.resolve("pid"), "999999999\n");
    assertEquals(0, run("version").code);
    assertEquals(1, builds());
  }

  @Test
  void aFailedBuildShowsTheEndOfItsLog() throws Exception {
    maven("echo 'error: no such symbol'\nexit 1");
    var outcome = run("version");
    assertEquals(1, outcome.code, outcome::toString);
    assertTrue(outcome.err.contains("error: no such symbol"), outcome::toString);
    assertTrue(outcome.err.contains(".carillon/build.log"), outcome::toString);
    assertFalse(Files.exists(home.resolve(".carillon/build.lock")));
  }

  @Test
  void anInterruptedBuildLeavesNeitherLockNorMaven() throws Exception {
    maven("echo $$ > pid\nexec sleep 60");
    var call = start(Map.of(), "version");
    var pid = home.resolve("pid");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(pid) || Files.size(pid) == 0) {
      assertTrue(System.nanoTime() < deadline, "no build");
      Thread.onSpinWait();
    }
    var maven = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    call.process.destroy();
    assertEquals(130, call.end().code);
    maven.onExit().get(60, TimeUnit.SECONDS);
    assertFalse(Files.exists(home.resolve(".carillon/build.lock")));
  }

  @Test
  void theJvmGetsItsFlagsAndThoseOfTheOperator() throws Exception {
    var outcome = start(Map.of("CARILLON_JAVA_OPTS", "-Xmx64m -XX:+UseSerialGC"), "version").end();
    assertEquals(0, outcome.code, outcome::toString);
    assertTrue(outcome.out.contains("ForkJoinPool.common.parallelism="), outcome::toString);
    assertTrue(outcome.out.contains("-Xmx64m"), outcome::toString);
  }

  @Test
  void withoutJavaItSaysWhatIsMissing() throws Exception {
    var missing = start(Map.of("JAVA_HOME", home.toString()), "version").end();
    assertEquals(1, missing.code);
    assertTrue(missing.err.contains("expected: a JDK, 17 or newer"), missing::toString);
    assertEquals(1, missing.err.lines().count(), missing::toString);
  }

  @Test
  void anOldJavaIsRefused() throws Exception {
    var old = home.resolve("jdk-11");
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    var java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    var refused = start(Map.of("JAVA_HOME", old.toString()), "version").end();
    assertEquals(1, refused.code);
    assertTrue(refused.err.contains("java 11") && refused.err.contains("17 or newer"));
  }
}
