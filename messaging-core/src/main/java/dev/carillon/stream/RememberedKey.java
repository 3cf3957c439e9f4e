package dev.carillon.stream;

/**
 * The offset and the time at which a publication was stored under a key. The time of the oldest one
 * in a full window may be later: that of another key which had to make room.
 */
public record RememberedKey(IdempotencyKey key, long offset, long time) {}
