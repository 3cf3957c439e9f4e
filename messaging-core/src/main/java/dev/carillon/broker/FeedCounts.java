package dev.carillon.broker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened to positions, of all event loops of the node together. */
final class FeedCounts {

  private static final Logger LOG = LoggerFactory.getLogger(FeedCounts.class);

  final LongAdder reads = new LongAdder();
  final LongAdder insufficient = new LongAdder();
  final LongAdder changes = new LongAdder();
  final LongAdder lostLogs = new LongAdder();
  final LongAdder compared = new LongAdder();

  void register(MeterRegistry meters) {
    counter(meters, "gap.reads", "Reads of streams to find what no link brought", reads);
    counter(
        meters,
        "insufficient",
        "Channels whose subscribers were told to recover by themselves",
        insufficient);
    counter(meters, "stream.changes", "Changes of streams that their owners told", changes);
    counter(
        meters,
        "stream.changes.lost",
        "Logs of changes that did not reach back to what this node had seen",
        lostLogs);
    counter(
        meters,
        "positions.compared",
        "Channels that were compared with their streams, because a log was lost",
        compared);
  }

  /** One line for all channels since the last one: a lost partition may concern thousands. */
  void log(int channels, String example) {
    LOG.warn(
        "publications are lost for the subscribers of {} channels, {} among them; they were told"
            + " to recover",
        channels,
        example);
  }

  private static void counter(
      MeterRegistry meters, String name, String description, LongAdder count) {
    FunctionCounter.builder("carillon." + name, count, LongAdder::sum)
        .description(description)
        .register(meters);
  }
}
