package dev.carillon.chaos.load;

/**
 * A node that clients can connect to.
 *
 * @param name as histories name it
 * @param host its address in the clients' network
 * @param port of HTTP without TLS
 */
public record Target(String name, String host, int port) {}
