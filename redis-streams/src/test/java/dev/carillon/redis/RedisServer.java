package dev.carillon.redis;

import dev.carillon.broker.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server on a free port of the loopback, which can be killed and started again. */
public final class RedisServer implements AutoCloseable {

  private static final int TRIES = 20_000;

  private final Path folder;
  private final int port;
  private final List<String> options;
  private @Nullable Process process;

  private RedisServer(Path folder, int port, List<String> options) {
    this.folder = folder;
    this.port = port;
    this.options = options;
  }

  /** One that forgets everything when it ends. */
  public static RedisServer forgetful() {
    return started("--save", "", "--appendonly", "no");
  }

  /** One that writes to disk before it answers. */
  public static RedisServer durable() {
    return started("--save", "", "--appendonly", "yes", "--appendfsync", "always");
  }

  /** One with these words on its command line. */
  public static RedisServer started(String... options) {
    try {
      var folder = Files.createTempDirectory("carillon-redis");
      var server = new RedisServer(folder, FreePorts.next(), List.of(options));
      server.start();
      return server;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Starts it, on the same port and with what it left on disk, and waits until it answers. */
  public void start() {
    var command = new ArrayList<String>();
    try {
      command.add(ExecutableProvider.newJarResourceProvider().get().getAbsolutePath());
      command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
      command.addAll(List.of("--dir", folder.toString()));
      command.addAll(options);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    for (int i = 0; !answers(); i++) {
      if (i == TRIES || !process.isAlive()) {
        throw new AssertionError("redis-server does not start (see " + folder + "/log)");
      }
      LockSupport.parkNanos(3_000_000);
    }
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() {
    var running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        if (!running.waitFor(60, TimeUnit.SECONDS)) {
          throw new AssertionError("redis-server is still there");
        }
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
  }

  /** Sends a signal, for example {@code STOP}. */
  public void signal(String name) {
    var running = process;
    if (running == null) {
      throw new IllegalStateException("not running (expected: started)");
    }
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(running.pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -" + name + " failed");
      }
    } catch (IOException | InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Sends words as one command, and gives the first line of the answer. */
  public String command(String... words) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(10_000);
      var line = new StringBuilder("*" + words.length + "\r\n");
      for (var word : words) {
        line.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
      socket.getOutputStream().write(line.toString().getBytes(StandardCharsets.UTF_8));
      var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
      var answer = new BufferedReader(in).readLine();
      return answer == null ? "" : answer;
    } catch (IOException unreachable) {
      return "";
    }
  }

  /** Whether these bytes are somewhere in what it has written to disk, its log too. */
  public boolean hasOnDisk(String text) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).anyMatch(file -> holds(file, text));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private boolean answers() {
    var answer = command("PING");
    return answer.equals("+PONG") || answer.startsWith("-NOAUTH");
  }
}
