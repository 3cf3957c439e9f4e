package dev.carillon.session.simulation;

import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.SentPublication;
import dev.carillon.protocol.SentPublication.Form;
import dev.carillon.protocol.SubscribePush;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subscription as its client sees it, held against the rules: every offset once and in order
 * from where the reply says; patches only to who has what they start from.
 */
final class SeenSubscription {

  enum Place {
    CLIENT,
    /** By connecting. */
    SERVER,
    /** While connected, without being asked. */
    ORDER
  }

  final Place place;
  final SeenExpiry expiry;
  private final SimulatedWorld world;
  private final SubscribeRequest request;
  private final boolean positioned;
  private final boolean delta;
  private StreamPosition position;
  private @Nullable Publication last;

  SeenSubscription(
      SimulatedWorld world, Place place, SubscribeRequest request, SubscribeResult result) {
    this.world = world;
    this.place = place;
    this.request = request;
    this.expiry = new SeenExpiry(world);
    this.positioned = result.positioned();
    this.delta = result.delta();
    this.position = result.position();
  }

  /** One that the server begins while the client is connected. */
  static SeenSubscription ordered(SimulatedWorld world, SubscribePush push) {
    var result =
        new SubscribeResult(
            push.positioned(),
            push.recoverable(),
            push.position(),
            false,
            false,
            List.of(),
            false,
            push.data(),
            0);
    var request = SubscribeRequest.ofServer(push.channel(), null);
    var subscription = new SeenSubscription(world, Place.ORDER, request, result);
    subscription.checkPosition(result);
    world.seen.add("subscribed by order");
    return subscription;
  }

  StreamPosition position() {
    return position;
  }

  void starts(SubscribeResult result) {
    checkPosition(result);
    check((request.recover() || isCache()) == result.wasRecovering(), result);
    check(!result.recovered() || result.wasRecovering(), result);
    check(result.recovered() || result.publications().isEmpty(), result);
    check(delta == (positioned && !request.delta().isEmpty()), result);
    if (result.recovered()) {
      check(position.offset() == request.since().offset(), result);
      world.seen.add(delta ? "recovered with deltas" : "recovered");
    } else if (result.wasRecovering()) {
      boolean rejects = place == Place.CLIENT && positioned && !isCache();
      check(!request.rejectUnrecovered() || !rejects, result);
      world.seen.add("not recovered");
    }
    check(!isCache() || result.publications().size() <= 1, result);
    if (isCache() && !result.publications().isEmpty()) {
      // The newest takes the place of all before it.
      Publication newest = result.publications().get(0).publication();
      position = new StreamPosition(newest.offset() - 1, newest.epoch());
      world.seen.add("newest of a cache");
    }
    for (SentPublication sent : result.publications()) {
      check(delta == (sent.form() != Form.PLAIN), sent);
      check(sent.form() != Form.PATCH || last != null, sent);
      next(sent.publication());
      world.seen.add("recovered publications");
    }
  }

  private void checkPosition(SubscribeResult result) {
    boolean positionedChannel = !request.channel().startsWith("live:");
    check(positioned == positionedChannel, result);
    check(positioned != result.position().epoch().isEmpty(), result);
  }

  /** What was missed before the server subscribed the client. */
  void caughtUp(Publication publication) {
    check(place == Place.ORDER && !delta, publication);
    if (isCache() && last == null) {
      // The newest takes the place of all before it.
      position = new StreamPosition(publication.offset() - 1, publication.epoch());
    }
    next(publication);
    world.seen.add("caught up by order");
  }

  private boolean isCache() {
    return request.channel().startsWith("cache:");
  }

  void delivered(Publication publication) {
    check(!delta, publication);
    next(publication);
    world.seen.add(request.filter() == null ? "live" : "filtered");
  }

  void deliveredDelta(Publication publication, @Nullable Publication base) {
    check(delta, publication);
    check(base == null || base.equals(last), publication);
    next(publication);
    world.seen.add(base == null ? "whole" : "patch");
  }

  /** The next offset in the same epoch, and what was published there: nothing else is accepted. */
  private void next(Publication publication) {
    check(world.stream(request.channel()).isGenuine(publication), publication);
    check(isWanted(publication.offset()), publication);
    last = publication;
    if (positioned) {
      boolean sameEpoch = publication.epoch().equals(position.epoch());
      boolean follows = nextWanted() == publication.offset();
      check(sameEpoch && follows, publication + " after " + position);
      position = publication.position();
    }
  }

  /** Filters of the simulation let even offsets pass. */
  private boolean isWanted(long offset) {
    return request.filter() == null || offset % 2 == 0;
  }

  private long nextWanted() {
    long next = position.offset() + 1;
    while (!isWanted(next)) {
      next++;
    }
    return next;
  }

  /** A stream that was lost and not published to since looks alright to its subscribers. */
  void checkAtRest(SimulatedStream stream) {
    if (positioned && position.sameEpoch(stream.position())) {
      long top = stream.position().offset();
      check(position.offset() <= top && nextWanted() > top, position + " at rest");
    }
  }

  private void check(boolean holds, Object otherwise) {
    if (!holds) {
      throw new AssertionError(request + ": " + otherwise);
    }
  }
}
