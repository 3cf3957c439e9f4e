package dev.carillon.node;

import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Set;

/**
 * One live process of the cluster, as every other one sees it.
 *
 * @param incarnation this life of the process
 * @param name chosen by the operator, unique among live nodes
 * @param role {@code core} keeps data; {@code gateway} keeps none
 * @param version of the software
 * @param verticles names of the verticles that run in it, for example {@code chat-hub}
 * @param publicUrls where browsers reach it, for example {@code http://localhost:8000}; empty when
 *     it serves no HTTP
 * @param address host and port of the cluster socket
 * @param startedAt milliseconds since 1970 by its own clock
 */
public record NodeInfo(
    Incarnation incarnation,
    String name,
    String role,
    String version,
    Set<String> verticles,
    List<String> publicUrls,
    String address,
    long startedAt) {

  public NodeInfo {
    verticles = Set.copyOf(verticles);
    publicUrls = List.copyOf(publicUrls);
  }

  public boolean runs(String verticle) {
    return verticles.contains(verticle);
  }
}
