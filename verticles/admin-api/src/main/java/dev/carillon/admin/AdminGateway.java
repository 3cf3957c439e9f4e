package dev.carillon.admin;

import dev.carillon.admin.AdminJson.ConnectionPage;
import dev.carillon.channel.Bytes;
import dev.carillon.gateway.Gateway;
import dev.carillon.limit.Source;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.port.Ports;
import dev.carillon.sessions.DisconnectSession;
import dev.carillon.sessions.SessionOrder;
import dev.carillon.sessions.SessionPage;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API of the console, below {@link #ROOT}. Everything but the log-in needs a token of the
 * console; everything that changes something must come from our own page or from no page.
 */
public final class AdminGateway implements Gateway {

  public static final String ROOT = "/admin/api/v1";

  private static final Logger LOG = LoggerFactory.getLogger(AdminGateway.class);

  /** The only body there is holds a password. */
  private static final int MAX_BODY_BYTES = 2_048;

  private static final String OPERATOR = "operator";

  private final Vertx vertx;
  private final Ports ports;
  private final OperatorTokens tokens;

  // The gate belongs to this context: attempts on all instances of the server count together.
  private final Context gateContext;
  private final LoginGate gate;

  /** The status and body of an answer. */
  private record Answer(int status, Bytes body) {}

  /**
   * @throws IllegalArgumentException when the options have no secret
   */
  public AdminGateway(Vertx vertx, AdminOptions options, Ports ports) {
    this.vertx = vertx;
    this.ports = ports;
    this.tokens = new OperatorTokens(options);
    this.gate = new LoginGate(options);
    this.gateContext = vertx.getOrCreateContext();
  }

  @Override
  public String name() {
    return "admin-api";
  }

  @Override
  public void mount(Router router, Context context) {
    Router api = Router.router(vertx);
    api.route().failureHandler(AdminGateway::failed);
    api.post("/session")
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .handler(changing(this::logIn));
    api.post("/session/refresh").handler(changing(this::refresh));
    api.post("/connections/:id/disconnect").handler(changing(this::disconnect));
    api.get("/nodes").handler(answering(this::nodes));
    api.get("/connections").handler(answering(this::connections));
    api.route().handler(routing -> routing.fail(new Refusal(404, "no such resource")));
    router.route(ROOT + "/*").subRouter(api);
  }

  private Future<Answer> logIn(RoutingContext routing) {
    Buffer body = routing.body().buffer();
    String password = AdminJson.password(body == null ? new byte[0] : body.getBytes());
    String address = routing.request().remoteAddress().hostAddress();
    return check(address, password)
        .map(passed -> token(new Operator(OPERATOR, now())))
        .onSuccess(answer -> LOG.info("audit: {} logged in from {}", OPERATOR, address))
        .onFailure(refusal -> LOG.warn("audit: {} from {}", refusal.getMessage(), address));
  }

  private Future<Void> check(String address, String password) {
    Promise<Void> checked = Promise.promise();
    gateContext.runOnContext(
        turn -> {
          try {
            gate.check(Source.of(address), password, System.nanoTime());
            checked.complete();
          } catch (Refusal refusal) {
            checked.fail(refusal);
          }
        });
    return checked.future();
  }

  private Future<Answer> refresh(RoutingContext routing) {
    Operator operator = operator(routing.request());
    if (tokens.validFor(operator, now()) == 0) {
      throw Refusal.notLoggedIn();
    }
    return Future.succeededFuture(token(operator));
  }

  private Answer token(Operator operator) {
    long now = now();
    return new Answer(
        200, AdminJson.token(tokens.issue(operator, now), tokens.validFor(operator, now)));
  }

  private Future<Answer> nodes(RoutingContext routing) {
    operator(routing.request());
    return ports.sessions().countByOwner().map(this::nodes);
  }

  private Answer nodes(Map<Incarnation, Integer> connections) {
    Membership membership = ports.membership();
    List<NodeInfo> nodes = membership.nodes();
    Set<Incarnation> suspects =
        nodes.stream()
            .map(NodeInfo::incarnation)
            .filter(membership::isSuspect)
            .collect(Collectors.toSet());
    Incarnation self = membership.self().incarnation();
    var shown = new AdminJson.Nodes(System.currentTimeMillis(), nodes, suspects, connections, self);
    return new Answer(200, AdminJson.nodes(shown));
  }

  private Future<Answer> connections(RoutingContext routing) {
    operator(routing.request());
    Map<String, String> parameters = new HashMap<>();
    routing
        .queryParams()
        .forEach(entry -> parameters.putIfAbsent(entry.getKey(), entry.getValue()));
    ConnectionsRequest request = ConnectionsRequest.of(parameters);
    return ports.sessions().query(request.meaning()).map(page -> page(request, page));
  }

  private static Answer page(ConnectionsRequest request, SessionPage found) {
    List<SessionRecord> rows = found.rows();
    @Nullable String next = null;
    if (rows.size() > request.limit()) {
      rows = rows.subList(0, request.limit());
      var last = new SessionOrder(request.meaning()).cursor(rows.get(rows.size() - 1));
      next = PageCursor.write(last, request.query(), request.sort());
    }
    var page =
        new ConnectionPage(System.currentTimeMillis(), found.total(), found.matched(), rows, next);
    return new Answer(200, AdminJson.page(page));
  }

  private Future<Answer> disconnect(RoutingContext routing) {
    Operator operator = operator(routing.request());
    String address = routing.request().remoteAddress().hostAddress();
    return ports
        .sessions()
        .find(List.of(routing.pathParam("id")))
        .map(rows -> rows.stream().findFirst().orElseThrow(AdminGateway::noConnection))
        .map(row -> disconnect(row, operator, address));
  }

  private Answer disconnect(SessionRecord row, Operator operator, String address) {
    LOG.info(
        "audit: {} from {} disconnects {} (user {}, {} on {})",
        operator.name(),
        address,
        row.id(),
        printable(row.user()),
        row.transport(),
        row.node());
    ports.links().send(row.owner(), new DisconnectSession(row.id(), operator.name()));
    return new Answer(202, AdminJson.nothing());
  }

  /**
   * Who sends this request.
   *
   * @throws Refusal 401
   */
  private Operator operator(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    boolean isBearer =
        authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    Operator operator = isBearer ? tokens.verify(authorization.substring(7).strip(), now()) : null;
    if (operator == null) {
      throw Refusal.notLoggedIn();
    }
    return operator;
  }

  /** For requests that change something. */
  private static Handler<RoutingContext> changing(
      Function<RoutingContext, Future<Answer>> handler) {
    return answering(
        routing -> {
          SameOrigin.require(routing.request());
          return handler.apply(routing);
        });
  }

  private static Handler<RoutingContext> answering(
      Function<RoutingContext, Future<Answer>> handler) {
    return routing ->
        handler
            .apply(routing)
            .onSuccess(answer -> send(routing, answer.status(), answer.body()))
            .onFailure(routing::fail);
  }

  private static void failed(RoutingContext routing) {
    Throwable failure = routing.failure();
    if (failure instanceof Refusal refusal) {
      long wait = refusal.retryAfter().plusMillis(999).toSeconds();
      if (wait > 0) {
        routing.response().putHeader("Retry-After", Long.toString(wait));
      }
      send(routing, refusal.status(), AdminJson.error(refusal.words()));
    } else if (failure instanceof HttpException http) {
      send(routing, http.getStatusCode(), AdminJson.error("request refused"));
    } else if (failure == null) {
      send(routing, routing.statusCode(), AdminJson.error("request refused"));
    } else {
      LOG.error("{} {} failed", routing.request().method(), routing.normalizedPath(), failure);
      send(routing, 500, AdminJson.error("internal error; the node's log says more"));
    }
  }

  private static void send(RoutingContext routing, int status, Bytes body) {
    if (routing.response().ended() || routing.response().closed()) {
      return;
    }
    routing
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(Buffer.buffer(body.array()));
  }

  private static Refusal noConnection() {
    return new Refusal(404, "no such connection");
  }

  /** Users choose their ids; a line break in one would forge lines of the log. */
  private static String printable(String text) {
    return text.isEmpty() ? "none" : text.replaceAll("\\p{Cntrl}", "?");
  }

  private static long now() {
    return System.currentTimeMillis() / 1_000;
  }
}
