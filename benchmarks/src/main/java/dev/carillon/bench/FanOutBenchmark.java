package dev.carillon.bench;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.ClientConnection;
import dev.carillon.hub.Hub;
import dev.carillon.hub.Hubs;
import dev.carillon.port.Ports;
import dev.carillon.protocol.Encoding;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.JwtVerifier;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One publication of 128 bytes to 1,000 subscribers on one event loop, from the publish to the last
 * flush, without sockets. Everything is divided by 1,000, the publication itself too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FanOutBenchmark {

  private static final int SUBSCRIBERS = 1_000;
  private static final NewPublication PUBLICATION =
      NewPublication.of(Bytes.utf8("{\"text\":\"" + "x".repeat(117) + "\"}"));

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final FlushCount flushes = new FlushCount();
  private Ports ports = new MemoryPorts(vertx).join("n1").await();

  /** Connects and subscribes everybody. */
  @Setup
  public void subscribe() {
    ClientOptions client = OptionReader.read(ClientOptions.class, Map.of("insecure", true));
    var channels = OptionReader.defaults(ChannelOptions.class);
    var hubs = new Hubs(vertx, ports, client, channels, new JwtVerifier(vertx, client.token()));
    Context context = vertx.getOrCreateContext();
    Hub hub = on(context, hubs::here);
    byte[] commands = Settings.SUBSCRIBE.getBytes(StandardCharsets.UTF_8);
    flushes.expect(SUBSCRIBERS);
    for (int i = 0; i < SUBSCRIBERS; i++) {
      ClientConnection connection =
          on(context, () -> hub.open(new MemoryTransport(flushes), Encoding.JSON));
      context.runOnContext(go -> connection.received(commands.clone()));
    }
    flushes.await();
  }

  private static <T> T on(Context context, Supplier<T> work) {
    var done = new CompletableFuture<T>();
    context.runOnContext(go -> done.complete(work.get()));
    return done.join();
  }

  @TearDown
  public void close() {
    vertx.close().await();
  }

  @Benchmark
  @OperationsPerInvocation(SUBSCRIBERS)
  public void publish() {
    flushes.expect(SUBSCRIBERS);
    ports.broker().publish("bench", PUBLICATION, StreamOptions.LIVE_ONLY);
    flushes.await();
  }
}
