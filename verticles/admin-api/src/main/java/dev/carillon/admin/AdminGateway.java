package dev.carillon.admin;

import dev.carillon.control.Order;
import dev.carillon.control.SubscribeOrder;
import dev.carillon.gateway.Gateway;
import dev.carillon.hub.ControlPlane;
import dev.carillon.limit.Source;
import dev.carillon.limit.TokenBuckets;
import dev.carillon.port.Ports;
import dev.carillon.session.Namespaces;
import dev.carillon.sessions.DisconnectSession;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.token.Operator;
import dev.carillon.token.OperatorToken;
import dev.carillon.token.OperatorTokens;
import dev.carillon.token.Verification;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
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

  /** Of a log-in: a password, and nobody has shown a token yet. */
  private static final int MAX_LOGIN_BYTES = 2_048;

  /** About attempts that are not even looked at. */
  private static final double LINES_PER_SECOND = 0.1;

  private static final String OPERATOR = "operator";

  private final Vertx vertx;
  private final Ports ports;
  private final OperatorTokens tokens;
  private final ClusterLists lists;
  private final ConsoleFeeds feeds;
  private final ServerApi server;
  private final Namespaces namespaces;

  // The gate and the lines about it belong to this context: attempts on all instances of the
  // server count together.
  private final Context gateContext;
  private final LoginGate gate;
  private final TokenBuckets<String> impatience = new TokenBuckets<>(LINES_PER_SECOND, 1, 1);

  /**
   * @param namespaces those of this node
   * @throws IllegalArgumentException when the options have no secret
   */
  public AdminGateway(Vertx vertx, AdminOptions options, Ports ports, Namespaces namespaces) {
    this.vertx = vertx;
    this.namespaces = namespaces;
    this.ports = ports;
    this.tokens = new OperatorTokens(options.secret(), options.tokenTtl(), options.sessionMax());
    this.lists = new ClusterLists(ports);
    this.server = new ServerApi(new ControlPlane(ports.links(), ports.membership()));
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
    api.route().failureHandler(Answer::failed);
    api.post("/session")
        .handler(Answer.bodyOf(MAX_LOGIN_BYTES))
        .handler(Answer.changing(this::logIn));
    api.post("/session/refresh").handler(Answer.changing(this::refresh));
    api.post("/view").handler(Answer.changing(this::view));
    api.post("/connections/:id/disconnect").handler(Answer.changing(this::disconnect));
    api.get("/nodes").handler(Answer.answering(this::nodes));
    api.get("/connections").handler(Answer.answering(this::connections));
    order(api, "disconnect", OrderJson::disconnect);
    order(api, "unsubscribe", OrderJson::unsubscribe);
    order(api, "subscribe", body -> known(OrderJson.subscribe(body, now())));
    order(api, "refresh", body -> OrderJson.refresh(body, now()));
    api.get("/channels").handler(Answer.answering(this::channels));
    api.get("/info").handler(Answer.answering(this::info));
    List.copyOf(api.getRoutes()).forEach(route -> refuseOtherMethods(api, route));
    api.route().handler(routing -> routing.fail(new Refusal(404, "no such resource")));
    router.route(ROOT + "/*").subRouter(api);
  }

  private static void refuseOtherMethods(Router api, Route resource) {
    if (resource.methods() != null) {
      var expected = resource.methods().iterator().next().name();
      api.route(resource.getPath()).handler(routing -> refuseMethod(routing, expected));
    }
  }

  private static void refuseMethod(RoutingContext routing, String expected) {
    routing.response().putHeader("Allow", expected);
    var method = routing.request().method();
    routing.fail(new Refusal(405, method + " (expected: " + expected + ")"));
  }

  /** A channel whose namespace is misspelt would be nobody's, without a word from any node. */
  private Order known(SubscribeOrder order) {
    if (namespaces.of(order.channel()) == null) {
      throw Refusal.bad(
          "channel " + Excerpt.of(order.channel()), "one in a namespace that this node has");
    }
    return order;
  }

  /** The body is read only when it is known who sends it. */
  private void order(Router api, String name, Function<byte[], Order> reading) {
    api.post("/control/" + name)
        .handler(
            routing -> {
              operator(routing.request());
              routing.next();
            })
        .handler(Answer.bodyOf(OrderJson.MAX_BODY_BYTES))
        .handler(
            Answer.changing(
                routing ->
                    server
                        .order(caller(routing), reading.apply(Answer.body(routing)))
                        .map(Answer::ok)));
  }

  private Future<Answer> logIn(RoutingContext routing) {
    String password = AdminJson.password(Answer.body(routing));
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
    return Answer.ok(AdminJson.token(tokens.issue(operator, now), tokens.validFor(operator, now)));
  }

  private Future<Answer> nodes(RoutingContext routing) {
    operator(routing.request());
    return lists.nodes().map(Answer::ok);
  }

  private Future<Answer> connections(RoutingContext routing) {
    operator(routing.request());
    return lists.connections(ConnectionsRequest.of(parameters(routing))).map(Answer::ok);
  }

  private Future<Answer> channels(RoutingContext routing) {
    operator(routing.request());
    return server.channels(ChannelsRequest.of(parameters(routing))).map(Answer::ok);
  }

  private Future<Answer> info(RoutingContext routing) {
    operator(routing.request());
    return server.info().map(Answer::ok);
  }

  /** Answers what the console looks at, and goes on to tell it so in its channel. */
  private Future<Answer> view(RoutingContext routing) {
    Operator operator = operator(routing.request());
    ConsoleView view = ConsoleView.of(parameters(routing));
    return feeds.show(operator, view).compose(shown -> lists.view(view)).map(Answer::ok);
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
    Caller caller = caller(routing);
    return ports
        .sessions()
        .find(List.of(routing.pathParam("id")))
        .map(rows -> rows.stream().findFirst().orElseThrow(AdminGateway::noConnection))
        .map(row -> disconnect(row, caller));
  }

  private Answer disconnect(SessionRecord row, Caller caller) {
    LOG.info(
        "audit: {} disconnects {} ({}, {} on {})",
        caller,
        row.id(),
        row.user().isEmpty() ? "anonymous" : "user " + Excerpt.of(row.user()),
        row.transport(),
        row.node());
    ports.links().send(row.owner(), new DisconnectSession(row.id(), caller.operator().name()));
    return new Answer(202, AdminJson.nothing());
  }

  private Caller caller(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    return new Caller(operator(request), request.remoteAddress().hostAddress());
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

  private static Refusal noConnection() {
    return new Refusal(404, "no such connection");
  }

  private static long now() {
    return System.currentTimeMillis() / 1_000;
  }
}
