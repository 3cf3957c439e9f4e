package dev.carillon.redis;

import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;

/**
 * A connection that works, as it was found. It leads to one run of one server for as long as it
 * lives, and so does the era.
 *
 * @param client which makes this one connection only, because closing it is the one way to close a
 *     connection that hangs
 * @param era in which its writes belong
 */
record Live(Redis client, RedisConnection connection, ServerRun run, String era) {

  boolean isSame(Live other) {
    return connection == other.connection;
  }
}
