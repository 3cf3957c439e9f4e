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
 * @param command the start of its command line
 */
record PortHolder(long pid, String command) {
  private static final Path PROC = Path.of("/proc");

  /** State of a listening TCP socket in /proc/net/tcp. */
  private static final String LISTENING = "0A";

  private static final int COMMAND_LENGTH = 60;

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

  private static String command(Path process) {
    try {
      var line = Files.readString(process.resolve("cmdline")).replace('\0', ' ').strip();
      return line.length() > COMMAND_LENGTH ? line.substring(0, COMMAND_LENGTH) + "…" : line;
    } catch (IOException gone) {
      return "unknown";
    }
  }

  @Override
  public String toString() {
    return "process " + pid + " (" + command + ")";
  }
}
