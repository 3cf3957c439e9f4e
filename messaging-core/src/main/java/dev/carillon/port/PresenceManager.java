package dev.carillon.port;

import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.PresenceStats;
import io.vertx.core.Future;
import java.util.Map;

/**
 * Who is in a channel. An entry belongs to the incarnation of the node that added it: when that
 * incarnation leaves the cluster, its entries are filtered from every answer at once and removed
 * soon after. There is no refresh for each client.
 */
public interface PresenceManager {

  /**
   * Adds or replaces the entry of this client.
   *
   * @param announced whether others are told when it comes and goes: then a leave is spread for it
   *     when its node dies
   */
  Future<Void> add(String channel, ClientInfo info, boolean announced);

  Future<Void> remove(String channel, String client);

  /** Client id to info, of all nodes. */
  Future<Map<String, ClientInfo>> presence(String channel);

  Future<PresenceStats> stats(String channel);
}
