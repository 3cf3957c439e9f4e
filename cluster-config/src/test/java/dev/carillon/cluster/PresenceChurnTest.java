package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Join;
import dev.carillon.channel.Leave;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.FeedListener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many come and go on three nodes, of which one dies in the middle. */
class PresenceChurnTest {

  private static final int CLIENTS = 300;
  private static final int SETTLED = 60;
  private static final List<String> CHANNELS =
      IntStream.range(0, 10).mapToObj(i -> "room" + i).toList();

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void everybodyWhoComesAndGoesIsToldOnceAlsoWhenANodeDiesMeanwhile() {
    var first = nodes.first("n1");
    var second = nodes.joining("n2", first);
    var third = nodes.joining("n3", first);
    for (var node : List.of(first, second, third)) {
      TestNodes.eventually("three", () -> NodeTest.names(node).size() == 3);
    }
    var audiences = List.of(new Audience(first), new Audience(second));
    var there = new TreeMap<String, Integer>();
    var gone = new TreeMap<String, Integer>();
    for (int i = 0; i < SETTLED; i++) {
      TestNodes.await(come(third, "settled" + i));
      there.put("settled" + i, 1);
    }
    audiences.forEach(each -> TestNodes.eventually("joins", () -> each.joins.equals(there)));

    var calls = new ArrayList<Future<Void>>();
    for (int i = 0; i < CLIENTS; i++) {
      for (var node : List.of(first, second)) {
        var client = node.self().name() + "-" + i;
        boolean stays = i % 3 == 0;
        var came = come(node, client);
        calls.add(stays ? came : came.compose(in -> leave(node, client)));
        there.put(client, 1);
        if (!stays) {
          gone.put(client, 1);
        }
      }
      if (i == CLIENTS / 2) {
        third.member().hazelcast().getLifecycleService().terminate();
      }
    }
    IntStream.range(0, SETTLED).forEach(i -> gone.put("settled" + i, 1));
    TestNodes.await(Future.join(calls));

    for (var audience : audiences) {
      TestNodes.eventually("leaves " + audience.leaves.size(), () -> audience.leaves.equals(gone));
      assertEquals(there, new TreeMap<>(audience.joins));
    }
    var left = new HashSet<>(there.keySet());
    left.removeAll(gone.keySet());
    for (var node : List.of(first, second)) {
      assertEquals(left, present(node));
      assertEquals(left.size(), counted(node));
    }
    audiences.forEach(each -> assertEquals(gone, new TreeMap<>(each.leaves), "none twice"));
  }

  /** As a session does: present first, then announced. What fails is tried again. */
  private static Future<Void> come(Node node, String client) {
    var info = info(client);
    return node.ports()
        .presence()
        .add(channel(client), info, true)
        .recover(again -> node.vertx().timer(100).compose(later -> added(node, client)))
        .onSuccess(in -> node.ports().broker().spread(channel(client), new Join(info)));
  }

  private static Future<Void> added(Node node, String client) {
    return node.ports()
        .presence()
        .add(channel(client), info(client), true)
        .recover(again -> node.vertx().timer(100).compose(later -> added(node, client)));
  }

  /** Whoever takes the client out tells of it; when that fails, the node does it later. */
  private static Future<Void> leave(Node node, String client) {
    return node.ports()
        .presence()
        .remove(channel(client), client)
        .otherwise(false)
        .onSuccess(
            there -> {
              if (there) {
                node.ports().broker().spread(channel(client), new Leave(info(client)));
              }
            })
        .mapEmpty();
  }

  private static Set<String> present(Node node) {
    var all = new HashSet<String>();
    for (var channel : CHANNELS) {
      all.addAll(TestNodes.await(node.ports().presence().presence(channel)).keySet());
    }
    return all;
  }

  private static int counted(Node node) {
    return CHANNELS.stream()
        .map(channel -> TestNodes.await(node.ports().presence().stats(channel)).clients())
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static ClientInfo info(String client) {
    return new ClientInfo("user", client, Bytes.EMPTY, Bytes.EMPTY);
  }

  private static String channel(String client) {
    return CHANNELS.get(Math.floorMod(client.hashCode(), CHANNELS.size()));
  }

  /** Counts what it is told of each client, in all channels. */
  private static final class Audience implements FeedListener {

    final Map<String, Integer> joins = new ConcurrentHashMap<>();
    final Map<String, Integer> leaves = new ConcurrentHashMap<>();
    private final Context context;

    Audience(Node node) {
      context = node.vertx().getOrCreateContext();
      var feed = node.ports().broker().feed();
      CHANNELS.forEach(
          channel -> TestNodes.await(feed.open(channel, StreamOptions.LIVE_ONLY, this)));
    }

    @Override
    public Context context() {
      return context;
    }

    @Override
    public void events(String channel, List<ChannelEvent> events) {
      for (var event : events) {
        if (event instanceof Join join) {
          joins.merge(join.info().client(), 1, Integer::sum);
        } else if (event instanceof Leave leave) {
          leaves.merge(leave.info().client(), 1, Integer::sum);
        }
      }
    }

    @Override
    public void insufficient(String channel) {
      throw new AssertionError(channel + " keeps no history");
    }
  }
}
