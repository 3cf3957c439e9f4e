package dev.carillon.redis;

import dev.carillon.port.SteadyTime;
import dev.carillon.port.Streams;
import dev.carillon.port.StreamsEngine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.IntStream;

/** Redis as the place of streams, for one node: its connections and what goes over them. */
public final class RedisEngine implements StreamsEngine {

  private final RedisEngineOptions options;
  private final RedisLimits limits;
  private final MeterRegistry meters;
  private volatile List<Link> links = List.of();
  private volatile Reach reach;

  public RedisEngine(RedisEngineOptions options, RedisLimits limits, MeterRegistry meters) {
    this.options = options;
    this.limits = limits;
    this.meters = meters;
    this.reach = new Reach(options.address(), SteadyTime::millis, () -> {});
  }

  @Override
  public String place() {
    return "redis " + options.address() + "/" + options.database() + " " + options.keyPrefix();
  }

  @Override
  public Streams open(Vertx vertx, List<Context> loops, Runnable compareAll) {
    StreamKeys keys = StreamKeys.of(options.keyPrefix());
    Reach opened = new Reach(options.address(), SteadyTime::millis, compareAll);
    Connector connector = new Connector(vertx, options, keys, opened);
    reach = opened;
    links =
        IntStream.range(0, options.poolSize())
            .mapToObj(i -> new Link(loops.get(i % loops.size()), connector, options, opened))
            .toList();
    Attempts attempts = new Attempts(vertx, links, options, opened, SteadyTime::millis);
    opened.register(meters);
    Gauge.builder("carillon.redis.waiting", attempts, Attempts::waiting)
        .description("Operations on streams that wait for Redis")
        .register(meters);
    links.forEach(Link::open);
    return new RedisStreams(attempts, keys, limits, opened, options.changeLogSize());
  }

  @Override
  public Future<Void> opened() {
    return Future.join(links.stream().map(Link::tried).toList()).mapEmpty();
  }

  @Override
  public String trouble() {
    return reach.trouble();
  }

  @Override
  public Future<Void> close() {
    return Future.join(links.stream().map(Link::close).toList()).mapEmpty();
  }
}
