package dev.carillon.launch.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The process that has a port, as Linux shows it to this user.
 *
 * @param pid its id
 * @param command the name of its program
 */
record PortHolder(long pid, String command) {
  private static final Path PROC = Path.of("/proc");

  /** State of a listening TCP socket in /proc/net/tcp. */
  private static final String LISTENING = "0A";

  /** Empty when it belongs to another user, or when the system is no Linux. */
  static Optional<PortHolder> of(Listener.Transport transport, int port) {
    var name = transport == Listener.Transport.TCP ? "tcp" : "udp";
    var sockets = new HashSet<String>();
    for (var table : List.of(name, name + "6")) {
      sockets.addAll(sockets(PROC.resolve("net").resolve(table), transport, port));
    }
    return sockets.isEmpty() ? Optional.empty() : owner(sockets);
  }

  private static Set<String> sockets(Path table, Listener.Transport transport, int port) {
    var suffix = String.format(":%04X", port);
    var sockets = new HashSet<String>();
    for (var line : lines(table)) {
      var fields = line.strip().split("\\s+");
      boolean open = transport == Listener.Transport.UDP || fields[3].equals(LISTENING);
      if (fields.length > 9 && fields[1].endsWith(suffix) && open) {
        sockets.add("socket:[" + fields[9] + "]");
      }
    }
    return sockets;
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException elsewhere) {
      return List.of();
    }
  }

  private static Optional<PortHolder> owner(Set<String> sockets) {
    try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        if (holds(process, sockets)) {
          var pid = Long.parseLong(process.getFileName().toString());
          return Optional.of(new PortHolder(pid, command(process)));
        }
      }
    } catch (IOException gone) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (var descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (var descriptor : descriptors) {
        if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
      return false;
    } catch (IOException foreign) {
      return false;
    }
  }

  /** The program alone: its arguments may hold secrets. */
  private static String command(Path process) {
    try {
      var arguments = List.of(Files.readString(process.resolve("cmdline")).split("\0"));
      var program = name(arguments.get(0));
      int jar = arguments.indexOf("-jar") + 1;
      return jar > 0 && jar < arguments.size()
          ? program + " -jar " + name(arguments.get(jar))
          : program;
    } catch (IOException gone) {
      return "unknown";
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return "process " + pid + " (" + command + ")";
  }
}
