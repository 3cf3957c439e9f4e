package dev.carillon.sessions;

/**
 * Tells the owner of a session to close it because an operator asked for it.
 *
 * @param id of the session
 * @param operator who asked
 */
public record DisconnectSession(String id, String operator) {}
