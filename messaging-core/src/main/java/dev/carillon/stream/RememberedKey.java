package dev.carillon.stream;

/** The offset and the time at which a publication was stored under a key. */
public record RememberedKey(IdempotencyKey key, long offset, long time) {}
