package dev.carillon.cluster.links;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import dev.carillon.stream.LinkLimits;
import java.time.Duration;

/** Limits of the links between nodes. */
@Section(value = "links", doc = "Limits of the links between nodes.")
public record LinkOptions(
    @Option(
            value = "32768",
            min = "1024",
            max = "1048576",
            doc = "Bytes of deliveries that one frame carries.",
            why = "Large enough to make its overhead small, small enough not to hold up others.")
        int frameMaxBytes,
    @Option(
            value = "4194304",
            min = "65536",
            max = "1073741824",
            doc = "Bytes sent to one node that it has not acknowledged yet.",
            why = "Keeps a link of 1 Gbit/s busy at 30 ms; a frozen node costs no more.")
        int windowMaxBytes,
    @Option(
            value = "8388608",
            min = "65536",
            max = "1073741824",
            doc = "Bytes that wait for one node. Beyond it the node must resync.",
            why = "Twice the window: more would be older than reading the streams again.")
        int queueMaxBytes,
    @Option(
            value = "65536",
            min = "1",
            max = "100000000",
            doc = "Deliveries that wait to be encoded, for all nodes together.",
            why = "Only a stalled event loop reaches it.")
        int outgoingMaxDeliveries,
    @Option(
            value = "1s",
            min = "10ms",
            max = "1m",
            doc = "How long a node may leave the window full before it must resync.",
            why = "A healthy node acknowledges within milliseconds.")
        Duration lagTimeout,
    @Option(
            value = "65536",
            min = "1024",
            max = "16777216",
            doc = "Bytes received after which an acknowledgement is sent at once.",
            why = "A small part of the window.")
        int ackBytes,
    @Option(
            value = "10ms",
            min = "1ms",
            max = "1s",
            doc = "How long an acknowledgement may wait for more frames.",
            why = "Far below the lag timeout, and few acknowledgements on a slow link.")
        Duration ackDelay,
    @Option(
            value = "1s",
            min = "10ms",
            max = "1m",
            doc = "How often every other node is pinged.",
            why = "A third of the time after which silence is suspicious.")
        Duration pingInterval,
    @Option(
            value = "3s",
            min = "100ms",
            max = "10m",
            doc = "A node that was not heard for this long is suspect.",
            why = "More than a pause of garbage collection, less than the removal after 8 s.")
        Duration silenceTimeout,
    @Option(
            value = "10s",
            min = "0s",
            max = "5m",
            doc = "How long a node that starts waits for the links to the others.",
            why = "They open within milliseconds; a node that hangs is removed after 8 s.")
        Duration openTimeout,
    @Option(
            value = "1s",
            min = "30ms",
            max = "1m",
            doc =
                "How long a node relies on what another one told of the channels it wants. It asks"
                    + " three times as often, and sends everything when no answer comes.",
            why = "Subscribing to a new channel takes no longer while a node hangs.")
        Duration interestLease,
    @Option(
            value = "3s",
            min = "100ms",
            max = "1m",
            doc = "How long another node may take to answer a question.",
            why = "Answers come from memory; who waits for longer waits in vain.")
        Duration queryTimeout) {

  LinkLimits limits() {
    return new LinkLimits(frameMaxBytes, windowMaxBytes, queueMaxBytes, lagTimeout.toMillis());
  }
}
