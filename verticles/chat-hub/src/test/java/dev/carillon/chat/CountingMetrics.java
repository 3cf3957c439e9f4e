package dev.carillon.chat;

import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what Vert.x reports of its HTTP server. */
final class CountingMetrics implements VertxMetricsFactory, VertxMetrics {

  final AtomicInteger connected = new AtomicInteger();

  /** With the address that they had when they were connected. */
  final AtomicInteger disconnected = new AtomicInteger();

  final AtomicInteger begun = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();

  @Override
  public VertxMetrics metrics(VertxOptions options) {
    return this;
  }

  @Override
  public MetricsOptions newOptions() {
    return new MetricsOptions();
  }

  @Override
  public HttpServerMetrics<?, ?, ?> createHttpServerMetrics(
      HttpServerOptions options, SocketAddress localAddress) {
    return new Server();
  }

  private final class Server implements HttpServerMetrics<String, String, String> {

    @Override
    public String connected(SocketAddress remoteAddress, String remoteName) {
      connected.incrementAndGet();
      return remoteAddress.toString();
    }

    @Override
    public void disconnected(String socketMetric, SocketAddress remoteAddress) {
      if (socketMetric.equals(String.valueOf(remoteAddress))) {
        disconnected.incrementAndGet();
      }
    }

    @Override
    public String requestBegin(String socketMetric, HttpRequest request) {
      begun.incrementAndGet();
      return "request";
    }

    @Override
    public void responseEnd(String requestMetric, HttpResponse response, long bytesWritten) {
      ended.incrementAndGet();
    }

    @Override
    public void requestReset(String requestMetric) {
      ended.incrementAndGet();
    }
  }
}
