package dev.carillon.cluster.links;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What the links count. Written by their event loop, read by any thread. */
final class LinkMeters {

  final LongAdder resyncs = new LongAdder();
  final LongAdder lags = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder spared = new LongAdder();

  void register(MeterRegistry meters) {
    counter(meters, "resyncs", "Times that deliveries from another node were lost", resyncs);
    counter(meters, "lags", "Times that another node did not keep up and was cut off", lags);
    counter(meters, "deliveries", "Deliveries for another node that may want them", sent);
    counter(meters, "spared", "Deliveries that another node does not want", spared);
  }

  private static void counter(MeterRegistry meters, String name, String what, LongAdder count) {
    FunctionCounter.builder("carillon.link." + name, count, LongAdder::sum)
        .description(what)
        .register(meters);
  }
}
