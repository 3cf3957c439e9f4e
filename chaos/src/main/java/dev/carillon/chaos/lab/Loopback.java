package dev.carillon.chaos.lab;

import java.util.List;

/**
 * Addresses of the loopback network, for machines on which namespaces are not permitted. Nothing
 * between the nodes can be broken here.
 */
final class Loopback implements Network {
  private final String clients;
  private final String nodes;

  /** Addresses of the lab with this number. */
  Loopback(int lab) {
    this.clients = "127.77." + lab * 2 + ".";
    this.nodes = "127.77." + (lab * 2 + 1) + ".";
  }

  @Override
  public String clientHost(int node) {
    return clients + (node + 1);
  }

  @Override
  public String clusterHost(int node) {
    return nodes + (node + 1);
  }

  @Override
  public String labHost() {
    return clients + "254";
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
