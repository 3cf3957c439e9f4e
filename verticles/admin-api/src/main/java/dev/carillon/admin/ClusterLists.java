package dev.carillon.admin;

import dev.carillon.admin.AdminJson.ConnectionPage;
import dev.carillon.channel.Bytes;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.port.Ports;
import dev.carillon.sessions.SessionOrder;
import dev.carillon.sessions.SessionPage;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lists of the console as of now, in the form in which they are sent. From any thread. */
record ClusterLists(Ports ports) {

  Future<Bytes> nodes() {
    return ports.sessions().countByOwner().map(this::nodes);
  }

  private Bytes nodes(Map<Incarnation, Integer> connections) {
    Membership membership = ports.membership();
    List<NodeInfo> nodes = membership.nodes();
    Set<Incarnation> suspects =
        nodes.stream()
            .map(NodeInfo::incarnation)
            .filter(membership::isSuspect)
            .collect(Collectors.toSet());
    Incarnation self = membership.self().incarnation();
    return AdminJson.nodes(
        new AdminJson.Nodes(System.currentTimeMillis(), nodes, suspects, connections, self));
  }

  Future<Bytes> connections(ConnectionsRequest request) {
    return ports.sessions().query(request.meaning()).map(page -> page(request, page));
  }

  private static Bytes page(ConnectionsRequest request, SessionPage found) {
    List<SessionRecord> rows = found.rows();
    @Nullable String next = null;
    if (rows.size() > request.limit()) {
      rows = rows.subList(0, request.limit());
      var last = new SessionOrder(request.meaning()).cursor(rows.get(rows.size() - 1));
      next = PageCursor.write(last, request.query(), request.sort());
    }
    return AdminJson.page(
        new ConnectionPage(System.currentTimeMillis(), found.total(), found.matched(), rows, next));
  }

  /** All that the console shows of this view. */
  Future<Bytes> view(ConsoleView view) {
    ConnectionsRequest request = view.connections();
    return request == null
        ? nodes().map(nodes -> AdminJson.view(view, nodes, null))
        : Future.all(nodes(), connections(request))
            .map(all -> AdminJson.view(view, all.resultAt(0), all.<Bytes>resultAt(1)));
  }
}
