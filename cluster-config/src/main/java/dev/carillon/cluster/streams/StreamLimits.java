package dev.carillon.cluster.streams;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;

/** How many channels the cluster remembers something of. */
@Section(value = "channel", doc = "Channels and their namespaces: history, presence, permissions.")
public record StreamLimits(
    @Option(
            value = "1000000",
            min = "1",
            max = "1000000000",
            doc = "Channels with history in the cluster; a further one answers error 100.",
            why = "Each takes memory on two nodes; nobody fills the cluster with names.")
        int maxStreams,
    @Option(
            value = "10m",
            min = "1s",
            max = "24h",
            doc = "How long a channel nobody published to outlives its last subscriber.",
            why = "A client that reconnects finds the same epoch; names alone do not pile up.")
        Duration unpublishedTtl) {

  /**
   * How long a stream without any publication is kept after it was renewed, in milliseconds. It is
   * renewed each sixth of that, at the latest after two of them: so what is left is enough.
   */
  public long unpublishedLifetime() {
    return unpublishedTtl.toMillis() * 3 / 2;
  }
}
