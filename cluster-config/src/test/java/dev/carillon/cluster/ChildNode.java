package dev.carillon.cluster;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.hub.Connections;
import dev.carillon.hub.Connections.Connection;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A node in a JVM of its own, which can be killed. It brings one client into one channel. */
final class ChildNode implements AutoCloseable {

  private static final String COPIED = "has all copies";

  static final String CHANNEL = "room";

  private final Process process;
  private final int clusterPort;
  private final List<String> said;

  private ChildNode(Process process, int clusterPort, List<String> said) {
    this.process = process;
    this.clusterPort = clusterPort;
    this.said = said;
  }

  /** Starts the JVM and waits until its node has joined and its client is present. */
  static ChildNode start(String name, Map<String, String> options) {
    return start(ChildNode.class, List.of("-Xmx256m"), name, options);
  }

  /**
   * The same with another program, which has to say {@code ready} and its cluster port.
   *
   * @param limits arguments of the JVM
   */
  static ChildNode start(
      Class<?> program, List<String> limits, String name, Map<String, String> options) {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + "/bin/java");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add") || argument.contains("parallelism"))
        .forEach(command::add);
    command.addAll(limits);
    command.addAll(List.of("-cp", classPath(), program.getName(), name));
    options.forEach((key, value) -> command.add(key + "=" + value));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new CopyOnWriteArrayList<String>();
      return new ChildNode(process, port(process, said), said);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Whether it is ready, so that another node may be lost. */
  boolean hasAllCopies() {
    return hasSaid(COPIED);
  }

  /** Whether one of its lines contained this. */
  boolean hasSaid(String text) {
    return said.stream().anyMatch(line -> line.contains(text));
  }

  /** Writes a line to the standard input of the process. */
  void tell(String line) {
    try {
      var in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String address() {
    return "127.0.0.1:" + clusterPort;
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    process.destroyForcibly();
    waitFor();
  }

  /** Sends a signal to the process, for example {@code STOP}. */
  void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -" + name + " failed");
      }
    } catch (IOException | InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** How many of its lines contained this. */
  long timesSaid(String text) {
    return said.stream().filter(line -> line.contains(text)).count();
  }

  @Override
  public void close() {
    kill();
  }

  private void waitFor() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the child is still there after 60 s");
      }
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static int port(Process process, List<String> said) throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("ready ")) {
        drain(out, said);
        return Integer.parseInt(line.substring(6));
      }
      said.add(line);
    }
    throw new AssertionError(said + " (expected: a line that says ready)");
  }

  /** A full pipe would stop the child at its next line of log. */
  private static void drain(BufferedReader out, List<String> said) {
    var thread = new Thread(() -> print(out, said), "child-output");
    thread.setDaemon(true);
    thread.start();
  }

  private static void print(BufferedReader out, List<String> said) {
    try {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        System.out.println(line);
        said.add(line);
      }
    } catch (IOException killed) {
      System.out.println("the child was killed");
    }
  }

  /** Says how it was ended, and is gone. */
  private record Session(String id, Connections connections) implements Connection {
    @Override
    public SessionRecord record() {
      return new SessionRecord(id, Incarnation.random(), "", "", "", "", "", 0, SessionStats.NONE);
    }

    @Override
    public void end(EndReason reason) {
      System.out.println(id + " ended: " + reason);
      connections.closed(id);
    }
  }

  /** A change while the first copies are made may fail for lack of an answer. */
  private static Future<Void> add(Node node, ClientInfo client, boolean announced) {
    return node.ports()
        .presence()
        .add(CHANNEL, client, announced)
        .recover(uncertain -> add(node, client, announced));
  }

  /** Name, then {@code key=value} of the section {@code cluster}. */
  static NodeSettings settings(String[] arguments) {
    var options = new HashMap<String, String>();
    for (var argument : List.of(arguments).subList(1, arguments.length)) {
      var pair = argument.split("=", 2);
      options.put(pair[0], pair[1]);
    }
    return TestNodes.settings(arguments[0], TestNodes.options(options));
  }

  private static void sayWhenItHasAllCopies(Node node) {
    node.vertx()
        .setPeriodic(
            100,
            timer -> {
              if (node.readiness().ready() && node.vertx().cancelTimer(timer)) {
                System.out.println(COPIED);
              }
            });
  }

  /** Its arguments are those of {@link #settings}. */
  public static void main(String[] arguments) {
    var name = arguments[0];
    var info = new ClientInfo("user-of-" + name, "client-of-" + name, Bytes.EMPTY, Bytes.EMPTY);
    var silent = new ClientInfo("user-of-" + name, "silent-of-" + name, Bytes.EMPTY, Bytes.EMPTY);
    var settings = settings(arguments);
    var session = new Session("session-of-" + name, settings.connections());
    settings.connections().opened(session.id(), session);
    Node.start(settings)
        .onSuccess(node -> node.onExpelled(why -> System.out.println("expelled " + why)))
        .compose(node -> add(node, silent, false).map(node))
        .compose(node -> add(node, info, true).map(node))
        .onSuccess(node -> System.out.println("ready " + node.clusterPort()))
        .onSuccess(ChildNode::sayWhenItHasAllCopies)
        .onFailure(
            failed -> {
              System.out.println("refused " + failed.getMessage());
              System.exit(1);
            });
  }
}
