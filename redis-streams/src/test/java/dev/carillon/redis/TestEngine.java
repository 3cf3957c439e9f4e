package dev.carillon.redis;

import dev.carillon.broker.EventLoops;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Streams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What one node has of Redis. */
final class TestEngine implements AutoCloseable {

  final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** How often all positions were to be compared. */
  final AtomicInteger comparisons = new AtomicInteger();

  final RedisEngine engine;
  final Streams streams;

  private TestEngine(RedisEngineOptions options, RedisLimits limits) {
    engine = new RedisEngine(options, limits, meters);
    streams = engine.open(vertx, EventLoops.start(vertx, 2).await(), comparisons::incrementAndGet);
    engine.opened().await();
  }

  static TestEngine on(RedisServer server) {
    return on(server, Map.of());
  }

  /** With these options on top of quick ones. */
  static TestEngine on(RedisServer server, Map<String, ?> overrides) {
    return on(server, overrides, new RedisLimits(262_144, 1_000_000, 600_000));
  }

  static TestEngine on(RedisServer server, Map<String, ?> overrides, RedisLimits limits) {
    var all = new HashMap<String, Object>();
    all.put("address", server.address());
    all.put("check_interval", "50ms");
    all.put("reconnect_max_delay", "100ms");
    all.putAll(overrides);
    return new TestEngine(OptionReader.read(RedisEngineOptions.class, all), limits);
  }

  /** The value of one of its counters. */
  double counted(String name) {
    return meters.get("carillon.redis." + name).functionCounter().count();
  }

  @Override
  public void close() {
    engine.close().await();
    vertx.close().await();
  }
}
