package dev.carillon.chaos.lab;

import java.util.List;

/**
 * Two networks: one between clients and nodes, which is never broken, and one between the nodes,
 * which faults break. So clients go on talking to a node that has lost the others, which is what
 * shows whether it acknowledges what it must not. Calls block.
 */
sealed interface Network extends AutoCloseable permits Loopback, Namespaces {
  /** Address of a node for clients; nodes count from 0. */
  String clientHost(int node);

  /** Address of a node for the others. */
  String clusterHost(int node);

  /** Address of this process for the nodes, over the network that is never broken. */
  String labHost();

  /** What stands before the command of a process of this node. */
  List<String> prefix(int node);

  /** Whether the links between nodes can be broken. */
  boolean breaks();

  /** Cuts a node off from all others, in both directions. */
  void cut(int node);

  /** Loses silently what a node sends to another one; the other direction works. */
  void deafen(int from, int to);

  /** Undoes everything that was done to the node. */
  void heal(int node);

  @Override
  void close();
}
