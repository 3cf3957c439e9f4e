package dev.carillon.tcpecho;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;

/** Options of the TCP echo. */
@Section(value = "tcp_echo", doc = "Answers over TCP with what it received.")
public record TcpEchoOptions(
    @Option(
            value = "127.0.0.1",
            doc = "Address to listen on.",
            why = "Nothing is reachable from outside before the operator says so.")
        String bind,
    @Option(
            value = "7007",
            doc = "TCP port; 0 takes any free one.",
            why = "The echo port of RFC 862 with two zeros: it needs no privileges.",
            min = "0",
            max = "65535")
        int port,
    @Option(
            value = "raw",
            doc = "`raw` sends back every byte; `line` answers each line with `echo: <line>`.",
            why = "RFC 862 echoes bytes.")
        Mode mode,
    @Option(
            value = "10000",
            doc = "Connections at once; one more is told so in line mode, and closed.",
            why = "About 250 MB at the 25 KB that an idle connection takes.",
            min = "1",
            max = "1000000")
        int maxConnections,
    @Option(
            value = "8192",
            doc =
                "Bytes of a line, without its end; longer ones end the connection. Line mode only.",
            why = "A line is kept in memory until it is complete; people type less.",
            min = "1",
            max = "1048576")
        int maxLineBytes,
    @Option(
            value = "5m",
            doc =
                "A connection from which nothing was read for so long is closed; this includes"
                    + " clients that do not read their echo.",
            why = "Long enough for a person who thinks, short enough to get rid of dead peers.",
            min = "100ms",
            max = "24h")
        Duration idleTimeout) {

  /** What is answered. */
  public enum Mode {
    RAW,
    LINE
  }
}
