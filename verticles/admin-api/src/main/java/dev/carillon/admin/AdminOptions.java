package dev.carillon.admin;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;

/** Options of the console's server side. */
@Section(value = "admin", doc = "The web console and its API.")
public record AdminOptions(
    @Option(
            doc = "Password of the console; without one, a password is generated at first start.",
            why = "No password is ever the same on two installations.",
            secret = true)
        String password,
    @Option(
            doc = "Signs the console's tokens; without one, a secret is generated at first start.",
            why = "A token of the console is valid on every node of the cluster.",
            secret = true)
        String secret,
    @Option(
            value = "15m",
            doc = "How long a token of the console is valid; the page refreshes it.",
            why = "A stolen token is of little use, and a busy operator notices nothing.",
            min = "10s",
            max = "12h")
        Duration tokenTtl,
    @Option(
            value = "12h",
            doc = "How long a log-in can be refreshed.",
            why = "A working day; then the password is asked for again.",
            min = "1m",
            max = "7d")
        Duration sessionMax,
    @Option(
            value = "5",
            doc = "Wrong passwords a minute from one address (IPv6: one /64).",
            why = "People mistype, programs guess.",
            min = "1",
            max = "1000")
        int attemptsPerAddress,
    @Option(
            value = "30",
            doc = "Wrong passwords a minute from all addresses together.",
            why = "Bounds guessing from many addresses; while it holds, operators wait, too.",
            min = "1",
            max = "10000")
        int attemptsTotal,
    @Option(
            value = "2s",
            doc = "How often a console is told what it looks at.",
            why = "Fast enough to watch, and each time costs a look through the table.",
            min = "200ms",
            max = "1m")
        Duration refreshInterval,
    @Option(
            value = "50",
            doc = "Consoles that are told so by one node; others ask for themselves.",
            why = "Nobody has more operators who look at the same time.",
            min = "1",
            max = "10000")
        int consoleLimit) {

  private static final int SHORTEST = 8;

  public AdminOptions {
    if (!password.isEmpty() && password.length() < SHORTEST) {
      throw new ConfigException("password", "(set)", "at least " + SHORTEST + " characters");
    }
    if (!secret.isEmpty() && secret.length() < 2 * SHORTEST) {
      throw new ConfigException("secret", "(set)", "at least " + 2 * SHORTEST + " characters");
    }
  }
}
