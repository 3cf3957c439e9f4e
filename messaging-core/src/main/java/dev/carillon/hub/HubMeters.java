package dev.carillon.hub;

import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of all hubs of the process. Event loops count by themselves and report once a
 * second, so that a delivery costs no shared write.
 */
final class HubMeters {

  private final MeterRegistry meters;
  private final Counter messagesIn;
  private final Counter messagesOut;
  private final Counter bytesIn;
  private final Counter bytesOut;
  private final Counter publications;
  private final Counter withheld;
  private final LongAdder subscriptions = new LongAdder();
  private final LongAdder queuedBytes = new LongAdder();
  private final Map<String, LongAdder> connections = new ConcurrentHashMap<>();
  private final Map<ErrorCode, Counter> errors = new EnumMap<>(ErrorCode.class);
  private final Map<Integer, Counter> disconnects = new ConcurrentHashMap<>();

  HubMeters(MeterRegistry meters) {
    this.meters = meters;
    messagesIn = counter("messages.in", "Messages received from clients");
    messagesOut = counter("messages.out", "Messages sent to clients");
    bytesIn = counter("bytes.in", "Payload bytes received from clients");
    bytesOut = counter("bytes.out", "Payload bytes sent to clients");
    publications = counter("publications", "Publications of clients");
    withheld =
        counter("publications.withheld", "Publications that a tags filter kept from clients");
    gauge("subscriptions", "Subscriptions of clients of this process", subscriptions);
    gauge("queue.bytes", "Bytes that wait for slow clients", queuedBytes);
    for (ErrorCode code : ErrorCode.values()) {
      errors.put(code, coded("errors", "Commands that were refused, by code", code.code()));
    }
    Disconnect.ALL.forEach(each -> disconnects(each.code()));
  }

  void opened(String transport) {
    connections.computeIfAbsent(transport, this::register).increment();
  }

  void closed(String transport) {
    connections.computeIfAbsent(transport, this::register).decrement();
  }

  void error(ErrorCode code) {
    increment(errors.get(code));
  }

  void disconnect(Disconnect disconnect) {
    disconnects(disconnect.code()).increment();
  }

  /** Applications have 2,000 codes at most, each of which is counted when it is first used. */
  private Counter disconnects(int code) {
    return disconnects.computeIfAbsent(
        code, first -> coded("disconnects", "Connections that the server closed, by code", first));
  }

  /** Adds what is new, and leaves the counts at zero; what waits is compared with the last time. */
  void report(Traffic traffic, long queuedBefore) {
    messagesIn.increment(traffic.messagesIn);
    messagesOut.increment(traffic.messagesOut);
    bytesIn.increment(traffic.bytesIn);
    bytesOut.increment(traffic.bytesOut);
    publications.increment(traffic.publications);
    withheld.increment(traffic.withheld);
    subscriptions.add(traffic.subscriptions);
    queuedBytes.add(traffic.queuedBytes - queuedBefore);
    traffic.messagesIn = 0;
    traffic.messagesOut = 0;
    traffic.bytesIn = 0;
    traffic.bytesOut = 0;
    traffic.publications = 0;
    traffic.withheld = 0;
    traffic.subscriptions = 0;
  }

  private static void increment(@Nullable Counter counter) {
    if (counter != null) {
      counter.increment();
    }
  }

  private LongAdder register(String transport) {
    var count = new LongAdder();
    Gauge.builder("carillon.connections", count, LongAdder::sum)
        .description("Open connections of clients")
        .tag("transport", transport)
        .register(meters);
    return count;
  }

  private void gauge(String name, String description, LongAdder value) {
    Gauge.builder("carillon." + name, value, LongAdder::sum)
        .description(description)
        .register(meters);
  }

  private Counter counter(String name, String description) {
    return Counter.builder("carillon." + name).description(description).register(meters);
  }

  private Counter coded(String name, String description, int code) {
    return Counter.builder("carillon." + name)
        .description(description)
        .tag("code", Integer.toString(code))
        .register(meters);
  }
}
