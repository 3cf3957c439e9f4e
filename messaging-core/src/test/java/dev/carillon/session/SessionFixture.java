package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.config.OptionReader;
import dev.carillon.protocol.Command;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.PublishRequest;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.Result;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One session on recorded effects, with a clock that the test moves. */
final class SessionFixture {

  static final String CLIENT = "client-1";

  final RecordedEffects effects = new RecordedEffects();
  final Session session;
  long now = 1_000_000;

  /**
   * @param client keys of section {@code client}
   * @param namespaces keys of namespaces; that without a name is without_namespace
   */
  SessionFixture(Map<String, ?> client, List<Map<String, Object>> namespaces) {
    this(settings(client, namespaces));
  }

  SessionFixture(SessionSettings settings) {
    session = new Session(CLIENT, settings, effects, now, 0.5);
    effects.connectionTokens.put("ann", connection("ann", "{\"name\":\"Ann\"}", null));
    effects.connectionTokens.put("anonymous", connection("", "", null));
    effects.connectionTokens.put("expired", new Verification.Expired<>());
  }

  /** One namespace {@code chat} with these keys. */
  static SessionFixture chat(Object... keysAndValues) {
    return new SessionFixture(Map.of(), List.of(namespace("chat", keysAndValues)));
  }

  /** The same, open to every client. */
  static SessionFixture open(Object... keysAndValues) {
    Map<String, Object> keys = namespace("chat", keysAndValues);
    keys.put("allow_subscribe_for_client", true);
    return new SessionFixture(Map.of(), List.of(keys));
  }

  /** The same, with a history of ten that every subscription recovers from. */
  static SessionFixture recoverable(Object... keysAndValues) {
    Map<String, Object> keys = namespace("chat", keysAndValues);
    keys.putAll(
        Map.of(
            "history_size",
            10,
            "history_ttl",
            "1h",
            "force_recovery",
            true,
            "allow_subscribe_for_client",
            true));
    return new SessionFixture(Map.of(), List.of(keys));
  }

  static Map<String, Object> namespace(String name, Object... keysAndValues) {
    Map<String, Object> keys = new HashMap<>();
    if (!name.isEmpty()) {
      keys.put("name", name);
    }
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return keys;
  }

  static SessionSettings settings(Map<String, ?> client, List<Map<String, Object>> namespaces) {
    List<Map<String, Object>> named =
        namespaces.stream().filter(each -> each.containsKey("name")).toList();
    Map<String, Object> channel = new HashMap<>(Map.of("namespaces", named));
    namespaces.stream()
        .filter(each -> !each.containsKey("name"))
        .forEach(each -> channel.put("without_namespace", each));
    return new SessionSettings(
        OptionReader.read(ClientOptions.class, client),
        new Namespaces(OptionReader.read(ChannelOptions.class, channel)),
        OptionReader.defaults(RpcOptions.class),
        "Carillon test");
  }

  static Verification<ConnectionToken> connection(
      String user, String info, @Nullable Duration validFor) {
    return new Verification.Valid<>(new ConnectionToken(user, Bytes.utf8(info), validFor));
  }

  static Verification<SubscriptionToken> subscription(
      String user, String channel, String info, @Nullable Duration validFor) {
    return new Verification.Valid<>(
        new SubscriptionToken(user, channel, "", Bytes.utf8(info), validFor));
  }

  SessionFixture receive(Command... commands) {
    session.received(Arrays.asList(commands), now);
    return this;
  }

  /** Connects as ann and forgets the reply. */
  SessionFixture connected() {
    receive(new ConnectRequest(1, "ann", "js", "1"));
    effects.take();
    return this;
  }

  /** Subscribes, answers everything with success, and forgets the reply. */
  SessionFixture subscribed(String channel) {
    receive(subscribe(2, channel));
    while (!effects.asked.isEmpty()) {
      String what = effects.asked.peek().what();
      effects.answer(what, what.startsWith("history") ? history(0) : null);
    }
    effects.take();
    return this;
  }

  SessionFixture after(Duration passed) {
    now += passed.toMillis();
    session.tick(now);
    return this;
  }

  static SubscribeRequest subscribe(long id, String channel) {
    return SubscribeRequest.of(id, channel);
  }

  static SubscribeRequest subscribe(long id, String channel, String token) {
    return Ask.ask(channel).token(token).as(id);
  }

  static SubscribeRequest recover(long id, String channel, long offset, String epoch) {
    return Ask.ask(channel).since(offset, epoch).as(id);
  }

  static PublishRequest publish(long id, String channel, String data) {
    return new PublishRequest(id, channel, Bytes.utf8(data), 0);
  }

  static Publication publication(long offset) {
    return new Publication(offset, "e", Bytes.utf8("" + offset), null, Map.of(), 0);
  }

  /** A stream with its top at this offset, and these of its publications. */
  static History history(long top, long... offsets) {
    return new History(
        new StreamPosition(top, "e"),
        Arrays.stream(offsets).mapToObj(SessionFixture::publication).toList());
  }

  static Reply reply(long id, Result result) {
    return new Reply(id, result);
  }

  static Reply error(long id, ErrorCode code) {
    return Reply.error(id, code);
  }
}
