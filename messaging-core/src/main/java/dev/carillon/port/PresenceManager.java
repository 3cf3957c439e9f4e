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

  /**
   * Takes the client out.
   *
   * @return whether it was there, and with it who tells the others that it left: the caller when it
   *     was; when it was not, whoever took it out before has done so, for example another node that
   *     took this one for dead. Fails when the owner of the channel can't be reached: then it is
   *     tried again, and the leave of an announced client is spread when that succeeds
   */
  Future<Boolean> remove(String channel, String client);

  /** Client id to info, of all nodes. */
  Future<Map<String, ClientInfo>> presence(String channel);

  Future<PresenceStats> stats(String channel);
}
