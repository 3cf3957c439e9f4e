package dev.carillon.cluster.streams;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;

/** How long this node waits for the owner of a stream. */
@Section(
    value = "broker",
    doc = "Limits of the streams and of the delivery of publications between nodes.")
public record StreamsOptions(
    @Option(
            value = "4s",
            min = "100ms",
            max = "1m",
            doc = "How long one try of an operation on a stream may take.",
            why = "A second more than an owner waits for its backups.")
        Duration storeTryTimeout,
    @Option(
            value = "8s",
            min = "100ms",
            max = "10m",
            doc = "How long an operation on a stream may take with all its tries.",
            why = "A frozen node is removed after 8 s; clients wait 5 to 10 s for an answer.")
        Duration storeTimeout,
    @Option(
            value = "100ms",
            min = "1ms",
            max = "10s",
            doc = "Pause before an uncertain operation is tried again; doubled, up to 1s.",
            why = "A partition has a new owner about half a second after a kill.")
        Duration storeRetryDelay,
    @Option(
            value = "1m",
            min = "1s",
            max = "24h",
            doc = "How often the history of quiet channels is looked through for what is too old.",
            why = "Frees memory soon enough; nobody reads what is too old in between.")
        Duration historySweepInterval,
    @Option(
            value = "512",
            min = "1",
            max = "1000000",
            doc = "Channels of one partition whose last change its owner remembers.",
            why = "Twenty times what changes in the second between two questions of a node.")
        int changeLogChannels) {}
