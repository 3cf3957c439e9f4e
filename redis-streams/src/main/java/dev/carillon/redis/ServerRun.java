package dev.carillon.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a Redis says of itself, as far as its promises depend on it.
 *
 * @param id of this life of the server as the primary: another one after each start, and after it
 *     was a replica meanwhile
 * @param primary whether it takes writes
 * @param keeps whether an earlier run of the same server lost nothing that it had acknowledged
 * @param eviction what it does when its memory is full; {@code noeviction} for refusing writes
 * @param keys in all its databases
 */
record ServerRun(String id, boolean primary, boolean keeps, String eviction, long keys) {

  private static final String NEVER_A_REPLICA = "0".repeat(40);

  /** Whether it may throw away what it has acknowledged. */
  boolean evicts() {
    return !eviction.equals("noeviction");
  }

  /** Asks who is at the other end, and what the operator's word on restarts makes of it. */
  static Future<ServerRun> ask(RedisConnection connection, Restarts restarts) {
    return connection
        .send(Request.cmd(Command.INFO))
        .compose(
            info -> syncs(connection, restarts).map(syncs -> of(info.toString(), syncs, restarts)));
  }

  /** When it writes to disk; many a hosted Redis does not tell. */
  private static Future<String> syncs(RedisConnection connection, Restarts restarts) {
    return restarts != Restarts.AUTO
        ? Future.succeededFuture("")
        : connection
            .send(Request.cmd(Command.CONFIG).arg("GET").arg("appendfsync"))
            .map(ServerRun::second)
            .otherwise("");
  }

  private static String second(Response pair) {
    return pair.size() < 2 ? "" : pair.get(1).toString();
  }

  /**
   * @param info the answer to INFO
   * @param syncs the value of {@code appendfsync}
   */
  static ServerRun of(String info, String syncs, Restarts restarts) {
    Map<String, String> facts =
        info.lines()
            .filter(line -> line.indexOf(':') > 0)
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line -> line.substring(line.indexOf(':') + 1).strip(),
                    (first, again) -> first));
    String before = facts.getOrDefault("master_replid2", NEVER_A_REPLICA);
    boolean synced = facts.getOrDefault("aof_enabled", "").equals("1") && syncs.equals("always");
    return new ServerRun(
        facts.getOrDefault("run_id", "") + ":" + before,
        facts.getOrDefault("role", "master").equals("master"),
        restarts == Restarts.KEEP
            || restarts == Restarts.AUTO && synced && before.equals(NEVER_A_REPLICA),
        facts.getOrDefault("maxmemory_policy", "noeviction"),
        keys(facts));
  }

  /** Lines like {@code db0:keys=12,expires=3,avg_ttl=4}. */
  private static long keys(Map<String, String> facts) {
    return facts.entrySet().stream()
        .filter(fact -> fact.getKey().matches("db[0-9]+"))
        .map(fact -> fact.getValue().split("[=,]", 3))
        .mapToLong(words -> Long.parseLong(words[1]))
        .sum();
  }
}
