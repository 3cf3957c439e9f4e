package dev.carillon.launch;

import dev.carillon.admin.AdminGateway;
import dev.carillon.admin.AdminOptions;
import dev.carillon.chat.ChatHub;
import dev.carillon.chat.ChatHubVerticle;
import dev.carillon.chat.ListenAddress;
import dev.carillon.chat.WebSocketOptions;
import dev.carillon.cluster.Node;
import dev.carillon.cluster.Readiness;
import dev.carillon.gateway.Gateways;
import dev.carillon.heartbeat.HeartbeatOptions;
import dev.carillon.heartbeat.HeartbeatVerticle;
import dev.carillon.http.GuestAccess;
import dev.carillon.http.GuestGate;
import dev.carillon.http.GuestOptions;
import dev.carillon.http.HttpServers;
import dev.carillon.http.HttpSite;
import dev.carillon.http.WebServerOptions;
import dev.carillon.hub.BeatOptions;
import dev.carillon.hub.Beats;
import dev.carillon.hub.ControlDesk;
import dev.carillon.hub.Hubs;
import dev.carillon.launch.management.ConnectionMeters;
import dev.carillon.launch.management.LoopLag;
import dev.carillon.launch.management.ManagementOptions;
import dev.carillon.launch.management.ManagementServer;
import dev.carillon.launch.settings.DemoOptions;
import dev.carillon.launch.settings.NodeOptions;
import dev.carillon.port.Ports;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.session.Namespaces;
import dev.carillon.session.RpcOptions;
import dev.carillon.tcpecho.TcpEchoOptions;
import dev.carillon.tcpecho.TcpEchoVerticle;
import dev.carillon.token.ConsoleVerifier;
import dev.carillon.token.JwtVerifier;
import dev.carillon.token.OperatorTokens;
import dev.carillon.token.TokenIssuer;
import dev.carillon.token.TokenVerifier;
import dev.carillon.udpecho.UdpEchoOptions;
import dev.carillon.udpecho.UdpEchoVerticle;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which verticles run in this process, and what each of them gets. */
final class Wiring {
  private final Node node;
  private final Ports ports;
  private final OpenPorts openPorts;
  private final NodeOptions options;
  private final PrometheusMeterRegistry meters;
  private final ControlDesk control;
  private final Gateways gateways = new Gateways();
  private @Nullable HttpServers servers;
  private volatile boolean started;

  Wiring(Node node, OpenPorts openPorts, PrometheusMeterRegistry meters) {
    this.node = node;
    this.ports = node.ports();
    this.openPorts = openPorts;
    this.options = read(NodeOptions.class);
    this.meters = meters;
    this.control = new ControlDesk(node.vertx(), ports.links());
  }

  /** Deploys them one after the other; what serves the public comes last and stops first. */
  Future<Void> deploy() {
    Gauge.builder("carillon_cluster_members", node, n -> n.membership().nodes().size())
        .description("Live nodes that this one sees, itself included")
        .register(meters);
    new ConnectionMeters(ports.connections()).bindTo(meters);
    return openPorts
        .open(() -> one(this::management), "management")
        .compose(done -> instances(options.loops(), () -> new LoopLag(meters)))
        .compose(done -> one(() -> new Beats(read(BeatOptions.class), ports)))
        .compose(done -> verticle("session-heartbeat", this::heartbeat))
        .compose(done -> openPorts.open(() -> verticle("tcp-echo", this::tcpEcho), "tcp_echo"))
        .compose(done -> openPorts.open(() -> verticle("udp-echo", this::udpEcho), "udp_echo"))
        .compose(done -> adminApi())
        .compose(done -> chatHub())
        .compose(done -> httpServers());
  }

  /** From now on the node is ready, unless the cluster says otherwise. */
  void started() {
    started = true;
  }

  /** Reads certificate and key again, where there is an HTTP server. */
  Future<Void> reloadCertificate() {
    return servers == null ? Future.succeededFuture() : servers.reloadCertificate();
  }

  private Deployable management() {
    var bind = read(ManagementOptions.class).internalBind();
    var port = read(WebServerOptions.class).internalPort();
    return new ManagementServer(bind, port, this::readiness, meters);
  }

  private Deployable heartbeat() {
    return new HeartbeatVerticle(read(HeartbeatOptions.class), ports);
  }

  private Deployable tcpEcho() {
    return new TcpEchoVerticle(read(TcpEchoOptions.class), ports);
  }

  private Deployable udpEcho() {
    return new UdpEchoVerticle(read(UdpEchoOptions.class), ports);
  }

  private Future<Void> adminApi() {
    if (options.runs("admin-api")) {
      var namespaces = new Namespaces(channels());
      gateways.add(new AdminGateway(node.vertx(), read(AdminOptions.class), ports, namespaces));
    }
    return Future.succeededFuture();
  }

  /** The HTTP server mounts it; a process without one opens the same port for it alone. */
  private Future<Void> chatHub() {
    if (!options.runs("chat-hub")) {
      return Future.succeededFuture();
    }
    var client = read(ClientOptions.class);
    var settings = Hubs.settings(ports, client, channels(), read(RpcOptions.class));
    var hubs = new Hubs(node.vertx(), ports, settings, tokens(client));
    control.serve(hubs);
    var hub = new ChatHub(hubs, ports.membership(), client, read(WebSocketOptions.class));
    if (options.runs("http2-server")) {
      gateways.add(hub);
      return one(() -> new ChatHubVerticle(hub));
    }
    return openPorts.open(
        () -> instances(options.loops(), () -> new ChatHubVerticle(hub, listenAddress())), "http");
  }

  private ListenAddress listenAddress() {
    var web = read(WebServerOptions.class);
    return new ListenAddress(web.bind(), web.port());
  }

  /** The console connects to any node with a chat hub, whether or not it was logged in there. */
  private TokenVerifier tokens(ClientOptions client) {
    var admin = read(AdminOptions.class);
    return new ConsoleVerifier(
        new JwtVerifier(node.vertx(), client.token(), client.subscriptionToken()),
        new OperatorTokens(admin.secret(), admin.tokenTtl(), admin.sessionMax()));
  }

  private Future<Void> httpServers() {
    if (!options.runs("http2-server")) {
      return Future.succeededFuture();
    }
    var site =
        new HttpSite(
            read(WebServerOptions.class),
            read(ClientOptions.class),
            ports,
            gateways,
            read(DemoOptions.class).enabled() ? guests() : null,
            openPorts.place().hasOwnCertificate());
    var created = new HttpServers(node.vertx(), site);
    servers = created;
    return created
        .prepare()
        .compose(
            server ->
                openPorts.open(
                    () ->
                        instances(
                            options.loops(), () -> server.apply(read(WebServerOptions.class))),
                    "http",
                    "https"));
  }

  private GuestAccess guests() {
    var tokens = read(ClientOptions.class).token();
    var guests = read(GuestOptions.class);
    return new GuestAccess(
        guests,
        new GuestGate(node.vertx(), guests),
        new TokenIssuer(tokens),
        new JwtVerifier(node.vertx(), tokens));
  }

  private ChannelOptions channels() {
    var channels = read(ChannelOptions.class);
    return read(DemoOptions.class).enabled() ? channels.withDemo() : channels;
  }

  private Future<Void> verticle(String name, Supplier<Deployable> verticle) {
    return options.runs(name) ? one(verticle) : Future.succeededFuture();
  }

  private Future<Void> one(Supplier<Deployable> verticle) {
    return instances(1, verticle);
  }

  private Future<Void> instances(int count, Supplier<Deployable> verticle) {
    return node.deploy(verticle, new DeploymentOptions().setInstances(count));
  }

  private <T extends Record> T read(Class<T> type) {
    return openPorts.place().configuration().options(type);
  }

  private Readiness readiness() {
    var checks = new ArrayList<>(node.readiness().checks());
    checks.add(new Readiness.Check("started", started, started ? "all ports open" : "starting"));
    return new Readiness(checks);
  }
}
