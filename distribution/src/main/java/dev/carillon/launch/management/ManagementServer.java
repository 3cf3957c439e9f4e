package dev.carillon.launch.management;

import dev.carillon.cluster.Readiness;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Supplier;

/**
 * The port for operators and orchestrators, open in every process: {@code /healthz} says that the
 * process lives, {@code /readyz} whether it may get clients and why not, {@code /metrics} is for
 * Prometheus.
 */
public final class ManagementServer extends VerticleBase {
  private static final String JSON = "application/json";
  private static final int MAX_HEADER_BYTES = 8192;
  private static final int IDLE_SECONDS = 60;

  /** The text format of Prometheus, version 0.0.4. */
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final String bind;
  private final int port;
  private final Supplier<Readiness> readiness;
  private final PrometheusMeterRegistry meters;

  /**
   * @param readiness asked at each request; must answer at once
   */
  public ManagementServer(
      String bind, int port, Supplier<Readiness> readiness, PrometheusMeterRegistry meters) {
    this.bind = bind;
    this.port = port;
    this.readiness = readiness;
    this.meters = meters;
  }

  @Override
  public Future<?> start() {
    var http =
        new HttpServerOptions().setMaxHeaderSize(MAX_HEADER_BYTES).setIdleTimeout(IDLE_SECONDS);
    return vertx.createHttpServer(http).requestHandler(this::serve).listen(port, bind);
  }

  private void serve(HttpServerRequest request) {
    var response = request.response().putHeader("cache-control", "no-store");
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      end(response.setStatusCode(405).putHeader("allow", "GET, HEAD"), JSON, ReadinessJson.NO_GET);
      return;
    }
    switch (request.path()) {
      case "/healthz" -> end(response, JSON, ReadinessJson.UP);
      case "/readyz" -> ready(response);
      case "/metrics" -> metrics(response);
      default -> end(response.setStatusCode(404), JSON, ReadinessJson.NOT_FOUND);
    }
  }

  private void ready(HttpServerResponse response) {
    var report = readiness.get();
    end(response.setStatusCode(report.ready() ? 200 : 503), JSON, ReadinessJson.encode(report));
  }

  /** Collecting takes milliseconds, which clients on this event loop would feel. */
  private void metrics(HttpServerResponse response) {
    vertx
        .executeBlocking(() -> meters.scrape())
        .onSuccess(text -> end(response, METRICS, text))
        .onFailure(failure -> end(response.setStatusCode(500), JSON, ReadinessJson.FAILED));
  }

  private static void end(HttpServerResponse response, String type, String body) {
    response.putHeader("content-type", type).end(body);
  }
}
