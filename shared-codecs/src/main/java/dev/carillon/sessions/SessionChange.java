package dev.carillon.sessions;

/** The numbers of one session as they are now. */
public record SessionChange(String id, SessionStats stats) {}
