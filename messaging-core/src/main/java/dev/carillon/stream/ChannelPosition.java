package dev.carillon.stream;

import dev.carillon.channel.History;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.stream.PositionEffect.Deliver;
import dev.carillon.stream.PositionEffect.Ensure;
import dev.carillon.stream.PositionEffect.Insufficient;
import dev.carillon.stream.PositionEffect.Read;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one node has delivered one channel. Publications come in by any way, in any order, late,
 * twice or never; they go out in offset order, each once, or the loss is said.
 *
 * <p>The links are only the fast way; the stream is the truth. Whatever looks odd (a gap that
 * stays, another epoch, a top beyond or before ours) is settled by reading the stream, one read at
 * a time. So what is held back is a cache, and dropping it costs a read and nothing else.
 *
 * <p>Each method gives the effects to carry out, in order. {@code now} is any clock that does not
 * go backward, in milliseconds.
 */
public final class ChannelPosition {

  private final HeldPublications held;
  private final Doubt doubt;

  private @Nullable String epoch;
  private long last;

  /** The greatest offset of the epoch that came here: nobody may give it out again. */
  private long seen;

  /** The greatest offset of the epoch that is said to exist; it may have been lost unseen. */
  private long known;

  /** What was seen when the read that is under way began. */
  private long seenAtRead;

  /** The greatest offset that was said to exist since then, though it may have been known. */
  private long saidSinceRead;

  /** The furthest of the stream that somebody said of it before the first answer came. */
  private @Nullable StreamPosition told;

  public ChannelPosition(PositionLimits limits) {
    this.doubt = new Doubt(limits);
    this.held = new HeldPublications(limits);
  }

  /** The first thing to call. The first answer decides where delivery begins. */
  public List<PositionEffect> start() {
    List<PositionEffect> effects = new ArrayList<>(1);
    ask(effects);
    return effects;
  }

  /** A publication came, from this node or another. */
  public List<PositionEffect> arrived(Publication publication, long now) {
    if (!publication.positioned()) {
      return List.of(new Deliver(List.of(publication)));
    }
    if (epoch == null) {
      if (!held.holdEarly(publication)) {
        // Nothing else says that something is missing, so remember it.
        doubt.raise();
      }
      return List.of();
    }
    if (!epoch.equals(publication.epoch())) {
      // Late from an old epoch or early from a new one: the stream knows.
      doubt.raise();
      settle(now);
      return List.of();
    }
    if (publication.offset() <= last) {
      return List.of();
    }
    seen = Math.max(seen, publication.offset());
    known = Math.max(known, seen);
    if (publication.offset() > last + 1) {
      held.hold(publication);
      settle(now);
      return List.of();
    }
    List<Publication> run = new ArrayList<>(1);
    run.add(publication);
    last = publication.offset();
    drain(run);
    doubt.eased();
    settle(now);
    return List.of(new Deliver(run));
  }

  /** The answer to {@link Read}. */
  public List<PositionEffect> filled(History history, long now) {
    doubt.read();
    List<PositionEffect> effects = new ArrayList<>(2);
    StreamPosition top = history.top();
    if (epoch == null) {
      begin(top, effects, now);
    } else if (!epoch.equals(top.epoch())) {
      lose(top, effects);
    } else if (top.offset() < seenAtRead) {
      doubt.ensuring();
      effects.add(new Ensure(new StreamPosition(seen, epoch)));
    } else {
      fill(history, effects);
    }
    settle(now);
    return effects;
  }

  /** The answer to {@link Ensure}. */
  public List<PositionEffect> ensured(StreamPosition top, long now) {
    doubt.ensured();
    List<PositionEffect> effects = new ArrayList<>(1);
    if (top.epoch().equals(epoch)) {
      known = Math.max(known, top.offset());
    } else {
      lose(top, effects);
    }
    settle(now);
    return effects;
  }

  /** The answer to {@link Read} or {@link Ensure} when it could not be had. */
  public List<PositionEffect> failed(long now) {
    boolean tooLong = doubt.failed(now);
    if (epoch == null || !tooLong) {
      return List.of();
    }
    place(StreamPosition.NONE);
    epoch = null;
    return List.of(new Insufficient());
  }

  /**
   * What the stream's top is, by another way than {@link Read}.
   *
   * @param top null when the stream does not exist
   * @param observed what {@link #observed} gave when that was asked
   */
  public void compare(@Nullable StreamPosition top, StreamPosition observed, long now) {
    if (top == null || top.sameEpoch(observed) && top.offset() < observed.offset()) {
      doubt.raise();
      settle(now);
    } else {
      // Even when another epoch began here meanwhile: the read that brought it may be the older.
      changed(top, now);
    }
  }

  /** The stream stood there when it changed, as its owner says. May come late, or twice. */
  public void changed(StreamPosition top, long now) {
    if (epoch == null) {
      tell(top);
      return;
    }
    if (epoch.equals(top.epoch())) {
      known = Math.max(known, top.offset());
      saidSinceRead = Math.max(saidSinceRead, top.offset());
    } else {
      doubt.raise();
    }
    settle(now);
  }

  /** What is said last may be older than what was said before, so the furthest counts. */
  private void tell(StreamPosition top) {
    StreamPosition before = told;
    if (before == null) {
      told = top;
    } else if (!before.sameEpoch(top)) {
      // Which of two epochs is the later one, only the stream knows.
      doubt.raise();
    } else if (before.offset() < top.offset()) {
      told = top;
    }
  }

  /** To be called when {@link #due} has come; before that it does nothing. */
  public List<PositionEffect> tick(long now) {
    if (!doubt.isDue(now)) {
      return List.of();
    }
    List<PositionEffect> effects = new ArrayList<>(1);
    ask(effects);
    return effects;
  }

  /** When {@link #tick} has something to do; {@link Long#MAX_VALUE} for never. */
  public long due() {
    return doubt.due();
  }

  /** The furthest that was seen of the stream; the epoch is empty before the first answer. */
  public StreamPosition observed() {
    return new StreamPosition(seen, epoch == null ? "" : epoch);
  }

  /** The last that was delivered. */
  public StreamPosition delivered() {
    return new StreamPosition(last, epoch == null ? "" : epoch);
  }

  private void ask(List<PositionEffect> effects) {
    doubt.reading();
    seenAtRead = seen;
    saidSinceRead = 0;
    effects.add(new Read(epoch == null ? null : new StreamPosition(last, epoch)));
  }

  private void fill(History history, List<PositionEffect> effects) {
    List<Publication> run = new ArrayList<>();
    long top = history.top().offset();
    boolean hole = history.publications().isEmpty() && last < top;
    for (Publication publication : history.publications()) {
      if (publication.offset() == last + 1) {
        run.add(publication);
        last++;
      }
      hole |= publication.offset() > last;
    }
    drain(run);
    if (!run.isEmpty()) {
      effects.add(new Deliver(run));
    }
    if (hole) {
      lose(history.top(), effects);
      return;
    }
    // What was said before the read and is not there was lost before anybody saw it. The same
    // offset may have been given out again since, so what is said meanwhile counts on its own.
    known = Math.max(Math.max(seen, saidSinceRead), top);
    if (last < top) {
      // The read was cut by its limit: the rest is in the stream for certain, so do not wait.
      ask(effects);
    }
  }

  private void begin(StreamPosition top, List<PositionEffect> effects, long now) {
    List<Publication> waiting = held.early();
    StreamPosition before = told;
    told = null;
    place(top);
    if (before != null) {
      changed(before, now);
    }
    waiting.forEach(publication -> effects.addAll(arrived(publication, now)));
  }

  /** Delivery goes on after this position; what lies before it is lost for the subscribers. */
  private void lose(StreamPosition top, List<PositionEffect> effects) {
    boolean same = top.epoch().equals(epoch);
    long before = same ? seen : 0;
    long said = same ? known : 0;
    effects.add(new Insufficient());
    place(top);
    seen = Math.max(before, seen);
    known = Math.max(said, known);
  }

  private void place(StreamPosition top) {
    epoch = top.epoch();
    last = top.offset();
    seen = last;
    known = last;
    held.drop();
  }

  /** Goes on with what was held. */
  private void drain(List<Publication> run) {
    held.follow(last, run);
    last = run.isEmpty() ? last : run.get(run.size() - 1).offset();
    seen = Math.max(seen, last);
  }

  private void settle(long now) {
    doubt.settle(last < known, now);
  }
}
