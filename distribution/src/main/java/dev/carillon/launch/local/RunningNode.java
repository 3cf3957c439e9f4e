package dev.carillon.launch.local;

import java.util.List;
import java.util.Map;

/**
 * What scripts may know about a node that runs here.
 *
 * @param name unique among running nodes
 * @param pid of its process
 * @param ports open ports by their names: http, https, tcp_echo, udp_echo, management, cluster, bus
 * @param urls where browsers reach it, the chat page first
 */
public record RunningNode(String name, long pid, Map<String, Integer> ports, List<String> urls) {}
