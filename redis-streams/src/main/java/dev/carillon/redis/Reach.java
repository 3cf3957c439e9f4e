package dev.carillon.redis;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis can be reached and what it lost, as the links of this node find it. Says each
 * change once in the log. Told and asked on any thread.
 */
final class Reach {

  private static final Logger LOG = LoggerFactory.getLogger(Reach.class);

  /** A stream with publications has so many keys. */
  private static final int KEYS_OF_A_STREAM = 4;

  private final String address;
  private final LongSupplier clock;
  private final Runnable compareAll;

  private final AtomicInteger connections = new AtomicInteger();

  /** Why Redis can't be reached; empty when it can, or was not tried yet. */
  private final AtomicReference<String> away = new AtomicReference<>("");

  /** Why it refused the last write; empty when it did not. */
  private final AtomicReference<String> refusal = new AtomicReference<>("");

  /** The last one that any link entered; empty before that. */
  private final AtomicReference<String> era = new AtomicReference<>("");

  private final AtomicReference<String> eviction = new AtomicReference<>("");
  private final AtomicLong keys = new AtomicLong();
  private volatile long awaySince;
  private volatile ServerTime time = ServerTime.UNKNOWN;

  final LongAdder disconnects = new LongAdder();
  final LongAdder losses = new LongAdder();
  final LongAdder retries = new LongAdder();
  final LongAdder failures = new LongAdder();

  /**
   * @param clock milliseconds that never go backward
   * @param compareAll called when all positions should be compared with the streams
   */
  Reach(String address, LongSupplier clock, Runnable compareAll) {
    this.address = address;
    this.clock = clock;
    this.compareAll = compareAll;
    this.awaySince = clock.getAsLong();
  }

  void register(MeterRegistry meters) {
    Gauge.builder("carillon.redis.connections", connections, AtomicInteger::get)
        .description("Connections of this node to Redis that work")
        .register(meters);
    Gauge.builder("carillon.redis.keys", keys, AtomicLong::get)
        .description("Keys in Redis, four for each channel with publications")
        .register(meters);
    counter(meters, "disconnects", "Connections to Redis that broke", disconnects);
    counter(meters, "losses", "Times that Redis lost streams, or may have", losses);
    counter(meters, "retries", "Operations on streams that were tried again", retries);
    counter(meters, "failures", "Operations on streams that failed", failures);
  }

  private static void counter(
      MeterRegistry meters, String name, String description, LongAdder count) {
    FunctionCounter.builder("carillon.redis." + name, count, LongAdder::sum)
        .description(description)
        .register(meters);
  }

  /** How many keys there are; a second old, so a few more streams than allowed may be created. */
  void counted(long found) {
    keys.set(found);
  }

  boolean hasRoom(int maxStreams) {
    return keys.get() < (long) maxStreams * KEYS_OF_A_STREAM;
  }

  /** Milliseconds of this node that never go backward. */
  long now() {
    return clock.getAsLong();
  }

  /** What time Redis said last that it was, on any link. */
  ServerTime time() {
    return time;
  }

  /** An answer of Redis says what time it was there. */
  void heard(String found, long millis) {
    time = new ServerTime(found, millis, clock.getAsLong());
  }

  /** Milliseconds since there was a connection; 0 when there is one. */
  long awayMillis() {
    return connections.get() > 0 ? 0 : Math.max(1, clock.getAsLong() - awaySince);
  }

  String trouble() {
    if (connections.get() == 0) {
      return "Redis at "
          + address
          + " is away ("
          + (text(away).isEmpty() ? "connecting" : text(away))
          + "): channels with history answer error 100, all others go on";
    }
    String refused = text(refusal);
    return refused.isEmpty()
        ? text(eviction)
        : "Redis at " + address + " refuses to store: " + refused;
  }

  void connected(ServerRun run) {
    if (connections.getAndIncrement() == 0) {
      String before = away.getAndSet("");
      if (before.isEmpty()) {
        LOG.info("Redis at {} keeps the streams", address);
      } else {
        LOG.info("Redis at {} is back", address);
        compareAll.run();
      }
    }
    String warning =
        run.evicts()
            ? "maxmemory-policy = "
                + run.eviction()
                + " of Redis at "
                + address
                + " (expected: noeviction, because it may throw acknowledged publications away)"
            : "";
    if (!eviction.getAndSet(warning).equals(warning) && run.evicts()) {
      LOG.warn("{}", warning);
    }
  }

  void disconnected(Throwable failure) {
    disconnects.increment();
    if (connections.decrementAndGet() == 0) {
      awaySince = clock.getAsLong();
      unreachable(failure);
    }
  }

  /** A try to connect failed, or the last connection broke. */
  void unreachable(Throwable failure) {
    String reason = reason(failure);
    if (connections.get() == 0 && away.compareAndSet("", reason)) {
      LOG.warn(
          "Redis at {} is away: {}. Until it is back, channels with history answer error 100",
          address,
          reason);
    }
  }

  /**
   * What a link found out about the data.
   *
   * @param emptied whether all of it is gone
   */
  void entered(String found, boolean emptied) {
    String before = era.getAndSet(found);
    boolean another = !before.isEmpty() && !before.equals(found);
    if (another || emptied) {
      losses.increment();
      LOG.warn(
          "Redis at {} {}: every stream begins a new epoch, and its subscribers are told",
          address,
          emptied ? "was emptied" : "may have lost what it acknowledged");
      compareAll.run();
    }
  }

  /** An operation was done. */
  void done() {
    if (!text(refusal).isEmpty() && !refusal.getAndSet("").isEmpty()) {
      LOG.info("Redis at {} stores again", address);
    }
  }

  void refused(Throwable failure) {
    if (refusal.getAndSet(reason(failure)).isEmpty()) {
      LOG.warn("Redis at {} refuses to store: {}", address, reason(failure));
    }
  }

  private static String text(AtomicReference<String> words) {
    return Objects.requireNonNullElse(words.get(), "");
  }

  /** Never with a password: neither the client nor the server names it in a failure. */
  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    String said = message == null ? failure.getClass().getSimpleName() : message;
    Throwable cause = failure.getCause();
    String why = cause == null ? "" : reason(cause);
    return said.contains(why) ? said : said + ": " + why;
  }
}
