package dev.carillon.session.simulation;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One channel: its stream, who listens, who is present and who was announced. */
final class SimulatedStream {

  /** So few that recovery often comes too late. */
  private static final int KEPT = 6;

  final Map<String, SimulatedFeed> feeds = new HashMap<>();
  final Set<String> present = new HashSet<>();
  final Set<String> joined = new HashSet<>();
  private final boolean live;
  private final Map<StreamPosition, Publication> everything = new HashMap<>();
  private final Set<Bytes> liveOnly = new HashSet<>();
  private final List<Publication> kept = new ArrayList<>();
  private long top;
  private int life;

  /** Channels named {@code live:...} remember nothing. */
  SimulatedStream(String channel) {
    this.live = channel.startsWith("live:");
  }

  StreamPosition position() {
    return live ? StreamPosition.NONE : new StreamPosition(top, "epoch" + life);
  }

  StreamPosition append(NewPublication fresh) {
    top++;
    StreamPosition at = position();
    Map<String, String> tags = Map.of("parity", top % 2 == 0 ? "even" : "odd");
    var publication = new Publication(at.offset(), at.epoch(), fresh.data(), fresh.info(), tags, 0);
    if (live) {
      liveOnly.add(fresh.data());
    } else {
      everything.put(at, publication);
      kept.add(publication);
    }
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
      if (since == null || publication.offset() > since.offset()) {
        found.add(publication);
      }
    }
    if (query.reverse()) {
      Collections.reverse(found);
    }
    return new History(position(), found.subList(0, Math.min(found.size(), query.limit())));
  }

  /** Whether this is what was published there. */
  boolean isGenuine(Publication publication) {
    return live
        ? liveOnly.contains(publication.data())
        : publication.equals(everything.get(publication.position()));
  }
}
