package dev.carillon.redis;

/**
 * What bounds the streams.
 *
 * @param historyMaxBytes of one channel
 * @param maxStreams in the database
 * @param unpublishedMillis how long a stream without any publication is kept after it was wanted
 */
public record RedisLimits(int historyMaxBytes, int maxStreams, long unpublishedMillis) {}
