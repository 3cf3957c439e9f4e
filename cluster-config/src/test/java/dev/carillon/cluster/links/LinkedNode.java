package dev.carillon.cluster.links;

import com.hazelcast.core.HazelcastInstance;
import dev.carillon.broker.EventLoops;
import dev.carillon.broker.FreePorts;
import dev.carillon.channel.ChannelDelivery;
import dev.carillon.channel.Publication;
import dev.carillon.config.OptionReader;
import dev.carillon.wire.BusCodec;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireCodecs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One clustered Vert.x with its links, and what came over them. */
final class LinkedNode implements AutoCloseable {

  private static final int EVENT_LOOPS = 8;

  final Vertx vertx;
  final FixedMembership membership;
  final BusLinks links;
  final List<String> texts = new CopyOnWriteArrayList<>();
  final AtomicInteger resyncs = new AtomicInteger();
  final List<Map.Entry<Incarnation, Boolean>> heard = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Context context;

  LinkedNode(HazelcastInstance grid, String name, Map<String, String> options) {
    EventBusOptions bus = new EventBusOptions().setHost("127.0.0.1").setPort(FreePorts.next());
    // Enough for all parts of a test, whatever the processors: one that is frozen keeps no other.
    VertxOptions vertxOptions =
        new VertxOptions().setEventBusOptions(bus).setEventLoopPoolSize(EVENT_LOOPS);
    vertx =
        Vertx.builder()
            .with(vertxOptions)
            .withClusterManager(new HazelcastClusterManager(grid))
            .buildClustered()
            .await();
    WireCodecs.all().forEach(this::register);
    membership = new FixedMembership(name);
    context = EventLoops.start(vertx, 1).await().get(0);
    links =
        new BusLinks(
            vertx,
            context,
            membership,
            OptionReader.read(LinkOptions.class, options),
            (node, well) -> heard.add(Map.entry(node, well)));
    links.register(meters);
    links.receive(this::take, resyncs::incrementAndGet);
    links.start().await();
    links.follow("a").await();
  }

  Incarnation id() {
    return membership.self().incarnation();
  }

  /** Deliveries that other nodes did not want. */
  double spared() {
    return meters.get("carillon.link.spared").functionCounter().count();
  }

  /** Makes both know each other. */
  static void connect(LinkedNode one, LinkedNode other) {
    one.membership.add(other.membership.self());
    other.membership.add(one.membership.self());
  }

  /** Stops the event loop of the links until the future is completed. */
  CompletableFuture<Void> freeze() {
    CompletableFuture<Void> frozen = new CompletableFuture<>();
    CompletableFuture<Void> thaw = new CompletableFuture<>();
    context.runOnContext(
        go -> {
          frozen.complete(null);
          thaw.join();
        });
    frozen.join();
    return thaw;
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private void take(List<ChannelDelivery> deliveries) {
    for (ChannelDelivery delivery : deliveries) {
      if (delivery.event() instanceof Publication publication) {
        String text = publication.data().asUtf8();
        texts.add(text.substring(0, Math.min(16, text.length())).trim());
      }
    }
  }

  private <T> void register(WireCodec<T> codec) {
    vertx.eventBus().registerDefaultCodec(codec.type(), new BusCodec<>(codec));
  }
}
