package dev.carillon.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Streams;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PositionCheckTest {

  private static final StreamOptions STREAM =
      new StreamOptions(9, Duration.ofHours(1), Duration.ofHours(1));

  @Test
  void everyQuietChannelIsComparedOnceInARound() {
    assertEquals(10_000, compared(10_000, Map.of(), 40));
  }

  @Test
  void fewQuietChannelsAreComparedSooner() {
    assertEquals(150, compared(150, Map.of(), 1));
  }

  @Test
  void quietChannelsMayBeLeftAlone() {
    assertEquals(0, compared(10, Map.of("position_check_quiet", 0), 40));
  }

  /** How many of so many quiet channels were compared after so many times. */
  private static int compared(int count, Map<String, ?> keys, int times) {
    var options = OptionReader.read(BrokerOptions.class, keys);
    Map<String, OpenChannel> channels = new HashMap<>();
    for (int i = 0; i < count; i++) {
      var channel = new OpenChannel("channel" + i, STREAM, options.positionLimits());
      var position = channel.position;
      if (position != null) {
        position.start();
        position.filled(new History(new StreamPosition(1, "e"), List.of()), 0);
      }
      channels.put(channel.name, channel);
    }
    Set<String> compared = new HashSet<>();
    var check =
        new PositionCheck(
            channels, new Tops(), options, (channel, seen, top) -> compared.add(channel.name));
    for (int i = 0; i < times; i++) {
      check.due(0);
    }
    return compared.size();
  }

  /** Answers at once, on the thread that asks, and can do nothing else. */
  private static final class Tops implements Streams {

    @Override
    public Future<Map<String, StreamPosition>> tops(Collection<String> channels) {
      return Future.succeededFuture(Map.of());
    }

    @Override
    public Future<List<Appended>> appendAll(
        String channel, List<NewPublication> publications, StreamOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<History> read(String channel, HistoryQuery query, StreamOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<StreamPosition> ensure(
        String channel, StreamPosition observed, StreamOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Duration keepInterval() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> keep(Collection<String> channels) {
      throw new UnsupportedOperationException();
    }
  }
}
