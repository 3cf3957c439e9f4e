package dev.carillon.chaos.load;

import dev.carillon.chaos.history.History;
import dev.carillon.chaos.lab.Nemesis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All clients of a run. */
public final class Load implements Nemesis.SlowClients, AutoCloseable {
  private static final int SUBSCRIBERS = 6;
  private static final int PUBLISHERS = 6;
  private static final int CHANNELS = 12;
  private static final int PUBLISH_MILLIS = 25;
  private static final int SLOW = 8;
  private static final long DEPLOY_SECONDS = 30;

  private final Vertx vertx;
  private final History history;
  private final List<Target> targets;
  private final Tokens tokens;
  private final long seed;
  private final List<LabClient> clients = new ArrayList<>();
  private final List<SdkSubscriber> sdks = new ArrayList<>();
  private final List<String> slow = new ArrayList<>();

  /** Clients that begin with {@link #start()}. */
  public Load(Vertx vertx, History history, List<Target> targets, Tokens tokens, long seed) {
    this.vertx = vertx;
    this.history = history;
    this.targets = List.copyOf(targets);
    this.tokens = tokens;
    this.seed = seed;
  }

  /** The channels that are published to and checked. */
  public static List<String> channels() {
    var channels = new ArrayList<String>();
    for (int i = 0; i < CHANNELS; i++) {
      channels.add("lab:" + i);
    }
    return channels;
  }

  /** Starts subscribers of all channels and publishers of a few each. Blocks. */
  public void start() {
    for (int i = 0; i < SUBSCRIBERS; i++) {
      deploy(plan("s" + i, channels(), 0, i < 2));
    }
    for (int i = 0; i < PUBLISHERS; i++) {
      var some = channels().subList(i * 2 % CHANNELS, i * 2 % CHANNELS + 2);
      deploy(plan("p" + i, some, PUBLISH_MILLIS, false));
    }
    for (var target : targets) {
      var name = "sdk-" + target.name();
      var sdk = new SdkSubscriber(name, target, tokens.of(name), history);
      sdks.add(sdk);
      sdk.start(channels());
    }
  }

  /** Ends the clients that have threads of their own; the others end with their Vert.x. */
  @Override
  public void close() {
    sdks.forEach(SdkSubscriber::close);
  }

  /** Ends all publishing; subscribers go on. */
  public void stopPublishing() {
    clients.forEach(LabClient::stopPublishing);
  }

  private ClientPlan plan(String name, List<String> channels, int millis, boolean joinLeave) {
    return new ClientPlan(
        name, tokens.of(name), targets, channels, millis, 64, joinLeave, seed + clients.size());
  }

  private void deploy(ClientPlan plan) {
    var client = new LabClient(plan, history);
    clients.add(client);
    await(vertx.deployVerticle(client));
  }

  @Override
  public void begin() {
    for (int i = 0; i < SLOW; i++) {
      slow.add(
          await(vertx.deployVerticle(new SlowClient(targets.get(i % targets.size()), tokens))));
    }
    slow.add(await(vertx.deployVerticle(new Flood(targets.get(0), tokens))));
  }

  @Override
  public void end() {
    slow.forEach(deployment -> await(vertx.undeploy(deployment)));
    slow.clear();
  }

  static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(DEPLOY_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
