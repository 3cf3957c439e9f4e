package dev.carillon.session;

/**
 * What all sessions of a process have in common.
 *
 * @param client limits and timers
 * @param namespaces rules of channels
 * @param version what the server calls itself; never empty, because SDKs expect some text
 */
public record SessionSettings(ClientOptions client, Namespaces namespaces, String version) {}
