package dev.carillon.chat;

/**
 * Where a process without an HTTP server opens the chat hub.
 *
 * @param bind host name or address
 * @param port 0: any free one; the same for all instances of the verticle
 */
public record ListenAddress(String bind, int port) {}
