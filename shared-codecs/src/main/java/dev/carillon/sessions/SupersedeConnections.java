package dev.carillon.sessions;

/**
 * Tells a node that a connection takes the place of all earlier ones of its user.
 *
 * @param user whose connections
 * @param client the one that stays
 * @param stamp when it came. Of two that came at the same time on two nodes, both tell, and the one
 *     with the greater stamp stays; of equal stamps that with the greater client id.
 */
public record SupersedeConnections(String user, String client, long stamp) {}
