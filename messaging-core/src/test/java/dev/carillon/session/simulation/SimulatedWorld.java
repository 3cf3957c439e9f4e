package dev.carillon.session.simulation;

import dev.carillon.session.SessionSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the clients of one schedule share: channels, time, chance, and what has happened. */
final class SimulatedWorld {

  final Map<String, SimulatedStream> streams = new HashMap<>();
  final SimulatedTokens tokens = new SimulatedTokens();

  /** What happened at least once. */
  final Set<String> seen = new HashSet<>();

  final SessionSettings settings;
  final Choices choices;

  /** Whether feeds lose and repeat things, and streams are lost. */
  final boolean faults;

  long now;

  SimulatedWorld(SessionSettings settings, Choices choices, boolean faults) {
    this.settings = settings;
    this.choices = choices;
    this.faults = faults;
  }

  SimulatedStream stream(String channel) {
    return streams.computeIfAbsent(channel, SimulatedStream::new);
  }

  /** Whether commands of one client may be worked on at once. */
  boolean isConcurrent() {
    return settings.client().concurrency() > 1;
  }
}
