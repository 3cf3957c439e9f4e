package dev.carillon.admin;

import dev.carillon.channel.Bytes;
import dev.carillon.gateway.Gateway;
import dev.carillon.limit.Source;
import dev.carillon.limit.TokenBuckets;
import dev.carillon.port.Ports;
import dev.carillon.sessions.DisconnectSession;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.token.Operator;
import dev.carillon.token.OperatorToken;
import dev.carillon.token.OperatorTokens;
import dev.carillon.token.Verification;
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
import java.util.function.Function;
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

  /** About attempts that are not even looked at. */
  private static final double LINES_PER_SECOND = 0.1;

  private static final String OPERATOR = "operator";

  private final Vertx vertx;
  private final Ports ports;
  private final OperatorTokens tokens;
  private final ClusterLists lists;
  private final ConsoleFeeds feeds;

  // The gate and the lines about it belong to this context: attempts on all instances of the
  // server count together.
  private final Context gateContext;
  private final LoginGate gate;
  private final TokenBuckets<String> impatience = new TokenBuckets<>(LINES_PER_SECOND, 1, 1);

  /** The status and body of an answer. */
  private record Answer(int status, Bytes body) {}

  /**
   * @throws IllegalArgumentException when the options have no secret
   */
  public AdminGateway(Vertx vertx, AdminOptions options, Ports ports) {
    this.vertx = vertx;
    this.ports = ports;
    this.tokens = new OperatorTokens(options.secret(), options.tokenTtl(), options.sessionMax());
    this.lists = new ClusterLists(ports);
    this.gate = new LoginGate(options);
    this.gateContext = vertx.getOrCreateContext();
    this.feeds = new ConsoleFeeds(vertx, gateContext, options, ports);
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
    api.post("/view").handler(changing(this::view));
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
        .map(passed -> token(Operator.loggedIn(OPERATOR, now())))
        .onSuccess(answer -> LOG.info("audit: {} logged in from {}", OPERATOR, address));
  }

  private Future<Void> check(String address, String password) {
    Promise<Void> checked = Promise.promise();
    gateContext.runOnContext(
        turn -> {
          long nanos = System.nanoTime();
          try {
            gate.check(Source.of(address), password, nanos);
            checked.complete();
          } catch (Refusal refusal) {
            // Wrong passwords have a rate; who goes on trying must not fill the log.
            if (refusal.status() == 401 || impatience.take("", 1, nanos)) {
              LOG.warn("audit: {} from {}", refusal.getMessage(), address);
            }
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
    return lists.nodes().map(body -> new Answer(200, body));
  }

  private Future<Answer> connections(RoutingContext routing) {
    operator(routing.request());
    return lists
        .connections(ConnectionsRequest.of(parameters(routing)))
        .map(body -> new Answer(200, body));
  }

  /** Answers what the console looks at, and goes on to tell it so in its channel. */
  private Future<Answer> view(RoutingContext routing) {
    Operator operator = operator(routing.request());
    ConsoleView view = ConsoleView.of(parameters(routing));
    return feeds
        .show(operator, view)
        .compose(shown -> lists.view(view))
        .map(body -> new Answer(200, body));
  }

  /** The first value of each. */
  private static Map<String, String> parameters(RoutingContext routing) {
    Map<String, String> parameters = new HashMap<>();
    routing
        .queryParams()
        .forEach(entry -> parameters.putIfAbsent(entry.getKey(), entry.getValue()));
    return parameters;
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
    if (isBearer
        && tokens.verify(authorization.substring(7).strip(), now())
            instanceof Verification.Valid<OperatorToken> valid) {
      return valid.token().operator();
    }
    throw Refusal.notLoggedIn();
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
