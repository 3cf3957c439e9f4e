package dev.carillon.broker;

import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.PresenceStats;
import dev.carillon.port.PresenceManager;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Presence in the memory of one process. */
public final class MemoryPresence implements PresenceManager {

  private final Vertx vertx;
  private final Map<String, Map<String, ClientInfo>> channels = new ConcurrentHashMap<>();

  public MemoryPresence(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Future<Void> add(String channel, ClientInfo info, boolean announced) {
    channels.computeIfAbsent(channel, fresh -> new ConcurrentHashMap<>()).put(info.client(), info);
    return answer(true).mapEmpty();
  }

  @Override
  public Future<Boolean> remove(String channel, String client) {
    var clients = channels.getOrDefault(channel, new ConcurrentHashMap<>());
    return answer(clients.remove(client) != null);
  }

  @Override
  public Future<Map<String, ClientInfo>> presence(String channel) {
    return answer(Map.copyOf(channels.getOrDefault(channel, Map.of())));
  }

  @Override
  public Future<PresenceStats> stats(String channel) {
    return presence(channel)
        .map(
            all -> {
              long users = all.values().stream().map(ClientInfo::user).distinct().count();
              return new PresenceStats(all.size(), (int) users);
            });
  }

  private <T> Future<T> answer(T value) {
    return Future.fromCompletionStage(
        CompletableFuture.completedFuture(value), vertx.getOrCreateContext());
  }
}
