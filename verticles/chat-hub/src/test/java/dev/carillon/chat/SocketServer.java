package dev.carillon.chat;

import dev.carillon.channel.Bytes;
import dev.carillon.config.OptionReader;
import dev.carillon.gateway.TestCertificate;
import dev.carillon.hub.Frame;
import dev.carillon.hub.Transport;
import dev.carillon.protocol.Disconnect;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.spi.VertxMetricsFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server of Vert.x whose WebSockets are taken over: {@code /ws} at once, {@code /later} when the
 * test says so; {@code /get} answers at once, {@code /hold} when the test says so. Every message is
 * echoed, and all that happens is written down.
 */
final class SocketServer implements AutoCloseable {

  /** A conversation that echoes, on the event loop of its socket. */
  final class Echo implements WebSocketReader.Conversation {
    final Transport transport;

    /** Where it was spoken to last. */
    volatile @Nullable Context context;

    Echo(Transport transport) {
      this.transport = transport;
    }

    @Override
    public void received(byte[] message) {
      context = Vertx.currentContext();
      String text = new String(message, StandardCharsets.UTF_8);
      events.add("received " + (text.length() > 50 ? text.length() : text));
      send(Bytes.of(message));
      transport.flush();
    }

    /** As a hub does it: frame once, send, release. */
    void send(Bytes payload) {
      var frame = new Frame(payload);
      transport.send(frame);
      frame.<ByteBuf>framed(FrameEncoder::text).release();
    }

    @Override
    public void ponged() {
      events.add("ponged");
    }

    @Override
    public void stuck() {
      events.add("stuck");
      transport.close(Disconnect.WRITE_ERROR);
    }

    @Override
    public void closed() {
      events.add("closed");
    }
  }

  final Vertx vertx;
  final HttpServer server;
  final BlockingQueue<Echo> opened = new LinkedBlockingQueue<>();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  /** The last one to /ws; its pipeline is known before it is taken over. */
  volatile WeakReference<HttpServerRequest> request = new WeakReference<>(null);

  volatile @Nullable ChannelPipeline pipeline;

  /** What requests to /later and /hold wait for. */
  final Promise<Void> gate = Promise.promise();

  private final WebSocketOptions options;
  final Context loop;

  SocketServer(Wire wire, Path folder) {
    this(wire, folder, Map.of(), null);
  }

  SocketServer(
      Wire wire, Path folder, Map<String, ?> options, @Nullable VertxMetricsFactory metrics) {
    this(options, metrics, http(wire, folder));
  }

  private SocketServer(
      Map<String, ?> options, @Nullable VertxMetricsFactory metrics, HttpServerOptions http) {
    this.options = OptionReader.read(WebSocketOptions.class, options);
    var builder =
        Vertx.builder()
            .with(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    vertx = (metrics == null ? builder : builder.withMetrics(metrics)).build();
    if (!vertx.isNativeTransportEnabled()) {
      throw new IllegalStateException("no epoll (expected: as in production)");
    }
    server = vertx.createHttpServer(http).requestHandler(this::handle);
    loop = vertx.getOrCreateContext();
    Promise<HttpServer> listening = Promise.promise();
    loop.runOnContext(go -> server.listen(0, "127.0.0.1").onComplete(listening));
    Wait.on(listening.future());
  }

  /** With all that Vert.x can put into a pipeline but what a take-over refuses. */
  static SocketServer ofManyHandlers(Wire wire, Path folder) {
    return new SocketServer(
        Map.of(),
        null,
        http(wire, folder)
            .setPerMessageWebSocketCompressionSupported(true)
            .setPerFrameWebSocketCompressionSupported(true)
            .setCompressionSupported(true)
            .setDecompressionSupported(true)
            .setIdleTimeout(60)
            .setLogActivity(true));
  }

  private static HttpServerOptions http(Wire wire, Path folder) {
    var http =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false);
    if (wire.isTls()) {
      var pem = TestCertificate.create(folder, "localhost");
      http.setSsl(true)
          .setUseAlpn(true)
          .setSslEngineOptions(
              wire == Wire.TLS_JDK ? new JdkSSLEngineOptions() : new OpenSSLEngineOptions())
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .addCertPath(pem.certificate().toString())
                  .addKeyPath(pem.key().toString()));
    }
    return http;
  }

  private void handle(HttpServerRequest request) {
    switch (request.path()) {
      case "/ws" -> {
        if (handshake(request) instanceof Handshake.Refused refused) {
          request.response().setStatusCode(refused.status()).end();
          return;
        }
        this.request = new WeakReference<>(request);
        pipeline = ((ConnectionBase) request.connection()).channelHandlerContext().pipeline();
        complete(WebSocketTakeover.begin(request), request);
      }
      case "/later" -> {
        var takeover = WebSocketTakeover.begin(request);
        events.add("begun");
        gate.future().onSuccess(open -> complete(takeover, request));
      }
      case "/crowded" -> crowd(request);
      case "/hold" -> gate.future().onSuccess(open -> request.response().end("held"));
      default -> {
        events.add("got " + request.path());
        request.response().end("got");
      }
    }
  }

  private void crowd(HttpServerRequest request) {
    var connection = (ConnectionBase) request.connection();
    var pipeline = connection.channelHandlerContext().pipeline();
    pipeline.addLast("stranger", new ChannelInboundHandlerAdapter());
    try {
      WebSocketTakeover.begin(request);
    } catch (IllegalStateException unknown) {
      pipeline.remove("stranger");
      events.add(String.valueOf(unknown.getMessage()));
      request.response().setStatusCode(500).end();
    }
  }

  private static Handshake handshake(HttpServerRequest request) {
    return Handshake.of(request.method(), request.version(), request.headers(), null);
  }

  private void complete(WebSocketTakeover takeover, HttpServerRequest request) {
    takeover.complete(
        ((Handshake.Accepted) handshake(request)).headers(),
        new WebSocketReader(this::talk, options, FrameEncoder::text, false));
  }

  private Echo talk(Transport transport) {
    var echo = new Echo(transport);
    opened.add(echo);
    return echo;
  }

  int port() {
    return server.actualPort();
  }

  /** The conversation that was opened next. */
  Echo next() throws InterruptedException {
    Echo echo = opened.poll(60, TimeUnit.SECONDS);
    if (echo == null) {
      throw new IllegalStateException("no connection (expected: one within 10 s)");
    }
    return echo;
  }

  @Nullable String event() throws InterruptedException {
    return events.poll(60, TimeUnit.SECONDS);
  }

  /** Runs the task on the event loop that has all sockets of this server. */
  void onLoop(Runnable task) {
    Wait.run(loop, task);
  }

  @Override
  public void close() {
    Wait.on(vertx.close());
  }
}
