package dev.carillon.chaos.load;

import dev.carillon.chaos.history.History;
import dev.carillon.chaos.lab.LabException;
import dev.carillon.chaos.lab.Nemesis;
import dev.carillon.chaos.lab.Pause;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** All clients of a run. */
public final class Load implements Nemesis.Crowd, AutoCloseable {
  private static final int SUBSCRIBERS = 6;
  private static final int WATCHERS = 2;
  private static final int PUBLISHERS = 6;
  private static final int CHANNELS = 12;
  private static final int PUBLISH_MILLIS = 25;
  private static final int PADDING = 64;
  private static final int SLOW = 8;
  private static final long DEPLOY_SECONDS = 30;
  private static final long GATHER_SECONDS = 60;
  private static final long LOOK_MILLIS = 100;

  private final Vertx vertx;
  private final History history;
  private final List<Target> targets;
  private final Tokens tokens;
  private final long seed;
  private final List<LabClient> clients = new ArrayList<>();
  private final List<Gathering> kinds = new ArrayList<>();
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
      deploy(plan("s" + i, i, channels(), 0));
    }
    for (int i = 0; i < PUBLISHERS; i++) {
      var some = channels().subList(i * 2 % CHANNELS, i * 2 % CHANNELS + 2);
      deploy(plan("p" + i, i, some, PUBLISH_MILLIS));
    }
    var random = new Random(seed);
    kinds.add(new Gathering(clients.subList(0, SUBSCRIBERS), targets, random));
    kinds.add(new Gathering(clients.subList(SUBSCRIBERS, clients.size()), targets, random));
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

  /** Who only listens and is among the first two watches who comes and goes. */
  private ClientPlan plan(String name, int index, List<String> channels, int millis) {
    var nodes = new ArrayList<>(targets);
    Collections.rotate(nodes, -index % nodes.size());
    boolean watches = millis == 0 && index < WATCHERS;
    return new ClientPlan(
        name, tokens.of(name), nodes, channels, millis, PADDING, watches, seed + clients.size());
  }

  private void deploy(ClientPlan plan) {
    var client = new LabClient(plan, history);
    clients.add(client);
    await(vertx.deployVerticle(client));
  }

  @Override
  public void goBack() {
    kinds.forEach(Gathering::begin);
  }

  @Override
  public void awaitEverywhere() {
    for (long i = 0; i < GATHER_SECONDS * 1_000 / LOOK_MILLIS; i++) {
      if (kinds.stream().filter(Gathering::isEverywhere).count() == kinds.size()) {
        return;
      }
      Pause.millis(LOOK_MILLIS);
    }
    throw LabException.unwell(
        "not every node has a publisher and a subscriber after " + GATHER_SECONDS + " s");
  }

  @Override
  public void beginSlow() {
    for (int i = 0; i < SLOW; i++) {
      slow.add(
          await(vertx.deployVerticle(new SlowClient(targets.get(i % targets.size()), tokens))));
    }
    slow.add(await(vertx.deployVerticle(new Flood(targets.get(0), tokens))));
  }

  @Override
  public void endSlow() {
    // Together, because a close handshake that nobody answers takes 10 s.
    await(Future.join(slow.stream().map(vertx::undeploy).toList()));
    slow.clear();
  }

  static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(DEPLOY_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException failed) {
      throw LabException.unwell("a client of the lab got no answer: " + failed.getCause());
    }
  }
}
