package dev.carillon.admin;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.config.OptionReader;
import dev.carillon.port.FeedListener;
import dev.carillon.port.Ports;
import dev.carillon.token.Operator;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What consoles are told in their channels; a subscriber on another node listens. */
@Timeout(180)
class ConsoleFeedsTest {

  private static final Operator ADA = new Operator("operator", "ada", 0);
  private static final Operator BOB = new Operator("operator", "bob", 0);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Ports here;
  private Ports elsewhere;
  private ConsoleFeeds feeds;

  @BeforeEach
  void start() {
    var cluster = new MemoryPorts(vertx);
    here = cluster.joinRunning("n1", "admin-api").await();
    elsewhere = cluster.joinRunning("n2", "chat-hub").await();
    var options =
        OptionReader.read(
            AdminOptions.class, Map.of("refresh_interval", "200ms", "console_limit", 1));
    feeds = new ConsoleFeeds(vertx, vertx.getOrCreateContext(), options, here);
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  /** Listens to a channel as the hub of a console's WebSocket does. */
  private void subscribe(Operator operator) {
    var listener = new Listener(vertx.getOrCreateContext(), told);
    elsewhere.broker().feed().open(operator.channel(), StreamOptions.LIVE_ONLY, listener).await();
    elsewhere.presence().add(operator.channel(), info(operator), false).await();
  }

  private static ClientInfo info(Operator operator) {
    return new ClientInfo(
        operator.channel(), "client-" + operator.session(), Bytes.EMPTY, Bytes.EMPTY);
  }

  private static ConsoleView view(long number, String page) {
    return ConsoleView.of(Map.of("view", Long.toString(number), "page", page));
  }

  @Test
  void aConsoleIsToldWhatItLooksAtUntilItLooksAtSomethingElse() {
    subscribe(ADA);
    feeds.show(ADA, view(7, "nodes")).await();
    eventually(() -> "told " + told, () -> told.size() >= 2);
    var first = new JsonObject(told.get(0));
    assertEquals(7, first.getInteger("view"));
    assertEquals(2, first.getJsonObject("nodes").getJsonArray("items").size());
    assertEquals(false, first.containsKey("connections"));
    feeds.show(ADA, view(8, "connections")).await();
    eventually(() -> "told " + told, () -> told.stream().anyMatch(ConsoleFeedsTest::hasTable));
  }

  private static boolean hasTable(String message) {
    var json = new JsonObject(message);
    return json.getInteger("view") == 8 && json.getJsonObject("connections").containsKey("items");
  }

  @Test
  void whoLeftMakesRoomForTheNext() {
    subscribe(ADA);
    feeds.show(ADA, view(1, "nodes")).await();
    eventually(() -> "told " + told, () -> !told.isEmpty());
    var refusal = assertThrows(Refusal.class, () -> feeds.show(BOB, view(1, "nodes")).await());
    assertEquals(503, refusal.status());
    elsewhere.presence().remove(ADA.channel(), info(ADA).client()).await();
    eventually(() -> "no room", () -> shows(BOB));
  }

  private boolean shows(Operator operator) {
    return feeds.show(operator, view(1, "nodes")).map(true).otherwise(false).await();
  }

  @Test
  void aViewThatMakesNoSenseIsRefusedInWords() {
    for (var wrong :
        List.of(
            Map.of("page", "nodes"),
            Map.of("view", "-1", "page", "nodes"),
            Map.of("view", "1", "page", "secrets"),
            Map.of("view", "1", "page", "connections", "q", "queue:7"))) {
      var refusal = assertThrows(Refusal.class, () -> ConsoleView.of(wrong));
      assertEquals(400, refusal.status(), wrong.toString());
    }
  }

  private record Listener(Context context, List<String> told) implements FeedListener {
    @Override
    public void events(String channel, List<ChannelEvent> events) {
      for (ChannelEvent event : events) {
        told.add(assertInstanceOf(Publication.class, event).data().asUtf8());
      }
    }

    @Override
    public void insufficient(String channel) {}
  }
}
