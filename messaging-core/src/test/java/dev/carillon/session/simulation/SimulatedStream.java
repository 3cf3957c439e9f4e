package dev.carillon.session.simulation;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One channel: its stream, who listens, who is present and who was announced. */
final class SimulatedStream {

  /** So few that recovery often comes too late. */
  private static final int KEPT = 6;

  final Map<String, SimulatedFeed> feeds = new HashMap<>();
  final Map<String, Boolean> present = new HashMap<>();
  final Map<String, Boolean> joined = new HashMap<>();
  private final Map<StreamPosition, Bytes> everything = new HashMap<>();
  private final List<Publication> kept = new ArrayList<>();
  private long top;
  private int life;

  StreamPosition position() {
    return new StreamPosition(top, "epoch" + life);
  }

  StreamPosition append(NewPublication fresh) {
    top++;
    StreamPosition at = position();
    var publication = new Publication(top, at.epoch(), fresh.data(), fresh.info(), fresh.tags(), 0);
    everything.put(at, fresh.data());
    kept.add(publication);
    if (kept.size() > KEPT) {
      kept.remove(0);
    }
    feeds.values().forEach(feed -> feed.published(publication));
    return at;
  }

  /** All copies are lost: the stream begins a new life. */
  void lose() {
    life++;
    top = 0;
    kept.clear();
  }

  History read(HistoryQuery query) {
    StreamPosition since = query.since();
    var found = new ArrayList<Publication>();
    boolean known = since == null || since.epoch().isEmpty() || since.sameEpoch(position());
    for (Publication publication : known ? kept : List.<Publication>of()) {
      boolean wanted = since == null || publication.offset() > since.offset();
      if (wanted && found.size() < query.limit()) {
        found.add(publication);
      }
    }
    return new History(position(), found);
  }

  /** Whether this is what was published there. */
  boolean isGenuine(Publication publication) {
    return Objects.equals(publication.data(), everything.get(publication.position()));
  }
}
