package dev.carillon.http;

import dev.carillon.gateway.Origins;
import dev.carillon.port.Membership;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The URL space of the server. Gateways come before the pages, which answer what is left. */
final class Routes {

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final Buffer UP = Buffer.buffer("{\"status\":\"up\"}");
  private static final Buffer FENCED =
      Buffer.buffer("{\"error\":\"this node lost the cluster, try another one\"}");
  private static final int INTERNAL_ERROR = 500;

  private final HttpSite site;
  private final Membership membership;
  private final Origins origins;
  private final SecurityHeaders security;
  private final StaticRoute pages;

  Routes(HttpSite site, StaticFiles files) {
    this.site = site;
    this.membership = site.ports().membership();
    this.origins = new Origins(membership, site.client().allowedOrigins());
    this.security = new SecurityHeaders(membership, site.hsts());
    this.pages = new StaticRoute(files, security);
  }

  /**
   * Adds everything to the router of one instance.
   *
   * @param context whose event loop all handlers run on
   */
  void mount(Router router, Context context, HttpConnections connections) {
    router.route().handler(this::secure);
    router.route().handler(connections::handle);
    router.route("/healthz").handler(Routes::health);
    router.route("/nodes.json").handler(new CrossOrigin(origins, "GET"));
    router.route("/nodes.json").handler(this::nodes);
    router.route().handler(this::pagesOnlyWhenFenced);
    if (site.guests() != null) {
      var tokens = new GuestTokens(site.guests());
      router.route("/demo/token").handler(new CrossOrigin(origins, "POST"));
      router.route("/demo/token").handler(tokens::handle);
    }
    site.gateways().all().forEach(gateway -> gateway.mount(router, context));
    router.route().handler(pages::handle);
    router.route().failureHandler(Routes::failed);
  }

  private void secure(RoutingContext routing) {
    security.set(routing.response().headers(), routing.request().isSSL());
    routing.next();
  }

  private static void health(RoutingContext routing) {
    if (Answers.isMethod(routing, HttpMethod.GET, HttpMethod.HEAD)) {
      Answers.json(routing, 200, UP);
    }
  }

  private void nodes(RoutingContext routing) {
    if (Answers.isMethod(routing, HttpMethod.GET, HttpMethod.HEAD)) {
      Answers.json(routing, 200, NodesJson.of(membership));
    }
  }

  /** A browser may load the pages from here, which then find a node that serves. */
  private void pagesOnlyWhenFenced(RoutingContext routing) {
    if (!membership.isFenced() || pages.has(routing.request().path())) {
      routing.next();
    } else {
      routing.response().putHeader("Retry-After", "1");
      Answers.json(routing, 503, FENCED);
    }
  }

  private static void failed(RoutingContext routing) {
    int status = routing.statusCode() < 400 ? INTERNAL_ERROR : routing.statusCode();
    if (status == INTERNAL_ERROR) {
      LOG.error("{} {}", routing.request().method(), routing.request().path(), routing.failure());
    }
    if (!routing.response().ended() && !routing.response().headWritten()) {
      Answers.text(routing, status, "error " + status);
    }
  }
}
