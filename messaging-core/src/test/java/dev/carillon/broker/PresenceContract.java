package dev.carillon.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.PresenceStats;
import dev.carillon.port.PresenceManager;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link PresenceManager} promises. Each test uses a channel of its own. */
public abstract class PresenceContract {

  protected abstract PresenceManager presence();

  protected static ClientInfo client(String user, String client) {
    return new ClientInfo(user, client, Bytes.utf8("{\"name\":\"" + user + "\"}"), Bytes.EMPTY);
  }

  @Test
  void anUnknownChannelIsEmpty() {
    assertEquals(Map.of(), presence().presence("nobody").await());
    assertEquals(new PresenceStats(0, 0), presence().stats("nobody").await());
  }

  @Test
  void whoWasAddedIsThere() {
    ClientInfo ada = client("ada", "c1");
    presence().add("added", ada, true).await();
    assertEquals(Map.of("c1", ada), presence().presence("added").await());
  }

  @Test
  void usersOfSeveralClientsCountOnce() {
    presence().add("users", client("ada", "c1"), true).await();
    presence().add("users", client("ada", "c2"), true).await();
    presence().add("users", client("bob", "c3"), true).await();
    assertEquals(new PresenceStats(3, 2), presence().stats("users").await());
  }

  @Test
  void addingAgainReplaces() {
    presence().add("again", client("ada", "c1"), true).await();
    ClientInfo changed = client("ada", "c1").withChanInfo(Bytes.utf8("1"));
    presence().add("again", changed, true).await();
    assertEquals(Map.of("c1", changed), presence().presence("again").await());
  }

  @Test
  void whoWasRemovedIsGone() {
    presence().add("removed", client("ada", "c1"), true).await();
    presence().add("removed", client("bob", "c2"), true).await();
    assertEquals(true, presence().remove("removed", "c1").await());
    assertEquals(Map.of("c2", client("bob", "c2")), presence().presence("removed").await());
    assertEquals(true, presence().remove("removed", "c2").await());
    assertEquals(false, presence().remove("removed", "c2").await());
    assertEquals(Map.of(), presence().presence("removed").await());
  }

  @Test
  void channelsDoNotMix() {
    presence().add("one", client("ada", "c1"), true).await();
    presence().remove("other", "c1").await();
    assertEquals(1, presence().stats("one").await().clients());
  }

  @Test
  void updatesOfOneClientTakeEffectInTheirOrder() {
    List<Future<?>> all =
        IntStream.range(0, 50)
            .boxed()
            .flatMap(
                i ->
                    List.<Future<?>>of(
                        presence().add("order", client("ada", "c1"), true),
                        presence().remove("order", "c1"))
                        .stream())
            .toList();
    Future.all(all).await();
    assertEquals(Map.of(), presence().presence("order").await());
  }

  @Test
  void manyClientsAtOnceAreAllThere() {
    List<Future<Void>> all =
        IntStream.range(0, 200)
            .mapToObj(i -> presence().add("many", client("u" + i % 7, "c" + i), true))
            .toList();
    Future.all(all).await();
    assertEquals(new PresenceStats(200, 7), presence().stats("many").await());
  }
}
