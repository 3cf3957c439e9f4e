package dev.carillon.broker;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import dev.carillon.stream.PositionLimits;
import java.time.Duration;

/** Limits of streams and of the delivery between nodes. */
@Section(
    value = "broker",
    doc = "Limits of the streams and of the delivery of publications between nodes.")
public record BrokerOptions(
    @Option(
            value = "262144",
            min = "1024",
            max = "16777216",
            doc =
                "Bytes of history that one channel keeps, whatever its history_size; a larger"
                    + " publication is refused.",
            why = "A stream moves between nodes as a whole, so its size bounds a pause.")
        int historyMaxBytes,
    @Option(
            value = "256",
            min = "1",
            max = "65536",
            doc = "Publications of one channel held back while an earlier one is missing.",
            why = "More than the links reorder; beyond it the stream is read instead.")
        int reorderMaxPublications,
    @Option(
            value = "1048576",
            min = "1024",
            max = "67108864",
            doc = "Bytes of one channel held back while an earlier publication is missing.",
            why = "Bounds the memory of a channel whose link lost something.")
        int reorderMaxBytes,
    @Option(
            value = "50ms",
            min = "1ms",
            max = "10s",
            doc = "How long a missing publication may be under way before the stream is read.",
            why = "Longer than a link delays, shorter than a person notices.")
        Duration gapTimeout,
    @Option(
            value = "512",
            min = "1",
            max = "65536",
            doc = "Publications that one read of a stream brings to close a gap.",
            why = "More than the history of most channels; longer gaps take several reads.")
        int fillMaxPublications,
    @Option(
            value = "64",
            min = "1",
            max = "10000",
            doc = "Reads of streams under way for each event loop, to close gaps.",
            why = "After a lost link thousands of channels may have one; owners must go on.")
        int fillMaxConcurrent,
    @Option(
            value = "200ms",
            min = "10ms",
            max = "10s",
            doc = "Pause before a failed read of a stream is tried again.",
            why = "A partition has a new owner about half a second after a kill.")
        Duration readRetryDelay,
    @Option(
            value = "10s",
            min = "1s",
            max = "10m",
            doc = "Reads that fail for this long end the subscriptions with code 2500.",
            why = "A frozen node is removed after 8 s; who still fails then is cut off.")
        Duration readGiveUp,
    @Option(
            value = "1s",
            min = "100ms",
            max = "1h",
            doc = "How often the owners of streams are asked for what has changed.",
            why = "A silent loss is found within two of these.")
        Duration positionCheckInterval,
    @Option(
            value = "1000",
            min = "1",
            max = "100000",
            doc = "Channels whose positions are asked for in one request.",
            why = "Keeps a request in a few milliseconds of one thread of the owner.")
        int positionCheckBatch,
    @Option(
            value = "50000",
            min = "100",
            max = "10000000",
            doc = "Channels of a node that are compared in a second, when all of a part are.",
            why = "A full pass over 100,000 channels takes seconds, and no loop stands still.")
        int positionCheckMaxRate,
    @Option(
            value = "1024",
            min = "1",
            max = "1000000",
            doc = "Publications to one channel that wait on a node for earlier ones to be stored.",
            why = "Bounds the memory of a channel whose owner does not answer.")
        int publishQueueMaxPublications,
    @Option(
            value = "4194304",
            min = "65536",
            max = "1073741824",
            doc = "Bytes of publications to one channel that wait for earlier ones to be stored.",
            why = "As for the number; large publications reach this first.")
        int publishQueueMaxBytes,
    @Option(
            value = "67108864",
            min = "1048576",
            max = "4294967296",
            doc =
                "Bytes of publications of a node, to all channels together, that wait to be"
                    + " stored; further ones answer error 100.",
            why = "Bounds the memory of a node when no owner of its many channels answers.")
        long publishPendingMaxBytes,
    @Option(
            value = "8s",
            min = "100ms",
            max = "10m",
            doc =
                "How long a publication may wait for earlier ones of its channel; then error 100.",
            why = "Nobody waits any longer for the answer, and may have published again.")
        Duration publishQueueTimeout,
    @Option(
            value = "64",
            min = "1",
            max = "1024",
            doc = "Publications to one channel that are stored in one step.",
            why = "One step must not hold up the other channels of its partition.")
        int publishBatchMaxPublications) {

  PositionLimits positionLimits() {
    return new PositionLimits(
        reorderMaxPublications,
        reorderMaxBytes,
        gapTimeout.toMillis(),
        readRetryDelay.toMillis(),
        readGiveUp.toMillis());
  }
}
