package dev.carillon.cluster;

import dev.carillon.node.NodeInfo;
import java.util.Locale;

/** What a node does for the cluster, whatever verticles it runs. */
public enum Role {
  /** Keeps a share of the cluster's data and counts for the majority. */
  CORE,
  /**
   * Serves clients and keeps nothing: a lite member of the data grid. It comes and goes without
   * moving anybody's data, and is not counted in {@code cluster.expected_members}.
   */
  GATEWAY;

  /** Reads what {@link #toString} wrote. */
  static Role of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  static boolean isCore(NodeInfo node) {
    return node.role().equals(CORE.toString());
  }

  /** As it is written in keys, attributes and tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
