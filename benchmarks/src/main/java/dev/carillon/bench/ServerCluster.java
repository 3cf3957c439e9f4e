package dev.carillon.bench;

import dev.carillon.broker.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One node, or three that acknowledge by majority, each in a process of its own on loopback. */
final class ServerCluster implements AutoCloseable {

  private static final int READY_SECONDS = 120;

  private final List<ServerProcess> nodes = new ArrayList<>();
  private final List<Integer> management = new ArrayList<>();

  /** Starts them and waits until all are ready. */
  static ServerCluster start(NodeCommand command, int count, List<String> settings)
      throws IOException, InterruptedException {
    var cluster = new ServerCluster();
    List<Integer> ports = freePorts(2 * count);
    List<String> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add("127.0.0.1:" + ports.get(i));
    }
    try {
      for (int i = 0; i < count; i++) {
        List<String> all = new ArrayList<>(settings);
        all.add("cluster.port=" + ports.get(i));
        all.add("http_server.internal_port=" + ports.get(count + i));
        if (count > 1) {
          all.add("cluster.expected_members=" + count);
          all.add("cluster.members=" + String.join(",", members));
        }
        cluster.management.add(ports.get(count + i));
        var node = ServerProcess.launch(command, "bench" + i, all);
        cluster.nodes.add(node);
        node.await();
      }
      for (int port : cluster.management) {
        awaitReady(port);
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException failed) {
      cluster.close();
      throw failed;
    }
  }

  ServerProcess node(int index) {
    return nodes.get(index);
  }

  ServerProcess last() {
    return nodes.get(nodes.size() - 1);
  }

  /** Waits until the node with this management port takes clients. */
  static void awaitReady(int port) throws IOException, InterruptedException {
    var client = HttpClient.newHttpClient();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
      if (System.nanoTime() > end) {
        throw new IOException("not ready within " + READY_SECONDS + " s");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  static List<Integer> freePorts(int count) {
    return Stream.generate(FreePorts::next).limit(count).toList();
  }

  @Override
  public void close() {
    nodes.forEach(ServerProcess::close);
  }
}
