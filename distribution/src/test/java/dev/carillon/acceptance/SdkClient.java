package dev.carillon.acceptance;

import dev.carillon.protocol.Encoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One connection of the real npm client, and everything that it reported. */
final class SdkClient {
  static final Duration REPLY_TIMEOUT = Duration.ofSeconds(60);

  /** A publication as the application gets it. */
  record Received(long offset, String text) {}

  private final SdkHost host;
  private final String name;
  private final List<JsonObject> events = new CopyOnWriteArrayList<>();

  SdkClient(SdkHost host, String name) {
    this.host = host;
    this.name = name;
  }

  /**
   * Connects, and stays connected by going round the addresses whenever a socket closes.
   *
   * @param urls WebSocket addresses, the first one first
   */
  JsonObject connect(String token, List<String> urls) {
    return now(command("connect").put("token", token).put("urls", urls));
  }

  /** The same without a token, in JSON or Protobuf. */
  JsonObject connect(Encoding encoding, List<String> urls) {
    return now(command("connect").put("encoding", name(encoding)).put("urls", urls));
  }

  /**
   * The same with both.
   *
   * @param tokens one for the connect, the others for when it expires
   */
  JsonObject connect(List<String> tokens, Encoding encoding, List<String> urls) {
    JsonObject connect = command("connect").put("tokens", new JsonArray(tokens)).put("urls", urls);
    return now(connect.put("encoding", name(encoding)));
  }

  private static String name(Encoding encoding) {
    return encoding.name().toLowerCase(Locale.ROOT);
  }

  JsonObject subscribe(String channel) {
    return subscribe(channel, new JsonObject());
  }

  /**
   * @param options as the SDK documents them
   */
  JsonObject subscribe(String channel, JsonObject options) {
    return now(command("subscribe").put("channel", channel).put("options", options));
  }

  /**
   * The same with tokens.
   *
   * @param tokens one for the subscribe, the others for when it expires
   */
  JsonObject subscribe(String channel, List<String> tokens) {
    return now(command("subscribe").put("channel", channel).put("tokens", new JsonArray(tokens)));
  }

  /**
   * The same for an application that knows from which position on it needs publications.
   *
   * @param positions where to recover from at first, and after each time that it was not possible
   */
  JsonObject subscribe(String channel, JsonArray positions) {
    return now(command("subscribe").put("channel", channel).put("positions", positions));
  }

  void unsubscribe(String channel) {
    now(command("unsubscribe").put("channel", channel));
  }

  /** Unsubscribes and subscribes so many times without waiting, then waits. */
  void waver(String channel, int times) {
    now(command("waver").put("channel", channel).put("times", times));
  }

  /** Completes when the server acknowledged. */
  CompletableFuture<JsonObject> publish(String channel, String text) {
    JsonObject data = new JsonObject().put("text", text);
    return host.call(command("publish").put("channel", channel).put("data", data));
  }

  /** Publishes bytes that need not be JSON; for a client that talks Protobuf. */
  void publishBytes(String channel, String text) {
    now(command("publishBytes").put("channel", channel).put("text", text));
  }

  JsonObject rpc(String method) {
    return now(command("rpc").put("method", method).put("data", new JsonObject()));
  }

  void send() {
    now(command("send").put("data", new JsonObject()));
  }

  JsonObject presence(String channel) {
    return now(command("presence").put("channel", channel));
  }

  JsonObject history(String channel, int limit) {
    return history(channel, new JsonObject().put("limit", limit));
  }

  /**
   * @param options as the SDK documents them
   */
  JsonObject history(String channel, JsonObject options) {
    return now(command("history").put("channel", channel).put("options", options));
  }

  JsonObject presenceStats(String channel) {
    return now(command("presenceStats").put("channel", channel));
  }

  void disconnect() {
    now(command("disconnect"));
  }

  /** Connects again after {@link #disconnect}; subscriptions go on where they were. */
  void reconnect() {
    now(command("reconnect"));
  }

  /** Everything so far, in order: publications, joins, states, errors. */
  List<JsonObject> events() {
    return List.copyOf(events);
  }

  /** What was reported with the events of one kind, such as {@code join}. */
  List<JsonObject> events(String kind) {
    return events.stream()
        .filter(event -> kind.equals(event.getString("event")))
        .map(event -> event.getJsonObject("context"))
        .toList();
  }

  List<Received> publications(String channel) {
    return events("publication").stream()
        .filter(event -> channel.equals(event.getString("channel")))
        .map(e -> new Received(e.getLong("offset", 0L), e.getJsonObject("data").getString("text")))
        .toList();
  }

  /** Waits until there were so many events of this kind. */
  void awaitEvents(String kind, int count) {
    await(count + " times " + kind, () -> events(kind).size() >= count);
  }

  /** Waits until so many publications of this channel have come. */
  void awaitPublications(String channel, int count) {
    await(count + " in " + channel, () -> publications(channel).size() >= count);
  }

  private void await(String what, BooleanSupplier condition) {
    Eventually.await(what + " at " + name, REPLY_TIMEOUT, condition, () -> events().toString());
  }

  void accept(JsonObject event) {
    events.add(event);
  }

  private JsonObject command(String what) {
    return new JsonObject().put("client", name).put("do", what);
  }

  private JsonObject now(JsonObject command) {
    try {
      return host.call(command).orTimeout(REPLY_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SdkException answer) {
        throw answer;
      }
      throw new AssertionError("no answer to " + command.getString("do") + " of " + name, e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
