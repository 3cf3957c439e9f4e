package dev.carillon.launch.settings;

import dev.carillon.config.Option;
import dev.carillon.config.Section;

/** What keeps the state of channels. */
@Section(value = "engine", doc = "What keeps the state of channels.")
public record EngineOptions(
    @Option(
            value = "hazelcast",
            doc =
                "Where the streams of channels with history are: `hazelcast`, in the memory of the"
                    + " nodes, or `redis`. The same on every node.",
            why = "Needs nothing beside the nodes; Redis keeps history when all nodes end.")
        Place streams) {

  /** Where streams can be. */
  public enum Place {
    /** In the data grid of the nodes. */
    HAZELCAST,
    /** In Redis, which the section {@code redis} describes. */
    REDIS
  }
}
