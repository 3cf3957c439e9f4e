package dev.carillon.chaos.lab;

import java.util.List;

/**
 * Addresses of the loopback network, for machines on which namespaces are not permitted. Nothing
 * between the nodes can be broken here.
 */
final class Loopback implements Network {
  @Override
  public String clientHost(int node) {
    return "127.77.1." + (node + 1);
  }

  @Override
  public String clusterHost(int node) {
    return "127.77.2." + (node + 1);
  }

  @Override
  public String labHost() {
    return "127.77.1.254";
  }

  @Override
  public List<String> prefix(int node) {
    return List.of();
  }

  @Override
  public boolean breaks() {
    return false;
  }

  @Override
  public void cut(int node) {
    throw new IllegalStateException("cut (expected: a network of namespaces)");
  }

  @Override
  public void deafen(int from, int to) {
    throw new IllegalStateException("deafen (expected: a network of namespaces)");
  }

  @Override
  public void heal(int node) {
    // Nothing is ever broken.
  }

  @Override
  public void close() {
    // The addresses were there before.
  }
}
