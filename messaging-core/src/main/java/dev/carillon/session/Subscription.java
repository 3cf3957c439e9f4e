package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;
import dev.carillon.channel.SubscriptionGrant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client in one channel. Until the reply is written it keeps what arrives, so that the reply
 * comes before every push and a broadcast never waits; then it passes on what is next and drops
 * what was delivered before (docs/PROTOCOL.md, "Order around subscribe").
 */
final class Subscription implements Subscriber {

  /** What a kept event costs besides its payload, so that empty ones are limited too. */
  private static final int EVENT_BYTES = 64;

  private enum State {
    /** Its reply is not written yet. */
    STARTING,
    LIVE,
    ENDED
  }

  private final Subscriptions owner;
  private final Agreement agreement;
  private final Bytes data;
  private Bytes chanInfo;
  private Expiry expiry;
  private boolean present;
  private int slot = -1;
  private State state = State.STARTING;

  // What arrived before the reply; null when the reply is written, or when it was too much.
  private @Nullable List<ChannelEvent> kept = new ArrayList<>(0);
  private long keptBytes;
  private boolean insufficient;

  // The position of the last publication that was delivered, when positioned.
  private long offset;
  private String epoch = "";

  /** With delta compression: what the client got last, which the next patch starts from. */
  private @Nullable Publication base;

  Subscription(Subscriptions owner, Agreement agreement, SubscriptionGrant grant, Expiry expiry) {
    this.owner = owner;
    this.agreement = agreement;
    this.data = grant.data();
    this.chanInfo = grant.info();
    this.expiry = expiry;
  }

  @Override
  public String channel() {
    return agreement.channel();
  }

  Agreement agreement() {
    return agreement;
  }

  @Override
  public void event(ChannelEvent event) {
    switch (state) {
      case STARTING -> keep(event);
      case LIVE -> pass(event);
      case ENDED -> {}
    }
  }

  /** One that was recovered or delivered before is late as well, and no harm. */
  @Override
  public void late(Publication publication) {
    if (state == State.LIVE && agreement.positioned() && !isBehind(publication)) {
      insufficient();
    } else {
      event(publication);
    }
  }

  private void pass(ChannelEvent event) {
    if (event instanceof Publication publication) {
      if (!isNext(publication)) {
        return;
      }
      if (agreement.wants(publication)) {
        deliver(publication);
      } else {
        owner.withheld();
      }
    } else if (agreement.joinLeave()) {
      owner.deliver(this, event);
    }
  }

  private void deliver(Publication publication) {
    if (agreement.delta()) {
      owner.deliverDelta(this, publication, agreement.patches(publication) ? base : null);
      base = publication;
    } else {
      owner.deliver(this, publication);
    }
  }

  @Override
  public void insufficient() {
    if (agreement.positioned() && state != State.ENDED) {
      insufficient = true;
      if (state == State.LIVE) {
        owner.insufficient(this);
      }
    }
  }

  /** Whether the client can take the publication now; it must not be told of the same one twice. */
  private boolean isNext(Publication publication) {
    if (!agreement.positioned() || !publication.positioned()) {
      return true;
    }
    if (isBehind(publication)) {
      return false;
    }
    if (!isInEpoch(publication) || publication.offset() != offset + 1) {
      insufficient();
      return false;
    }
    offset = publication.offset();
    if (epoch.isEmpty()) {
      epoch = publication.epoch();
    }
    return true;
  }

  private boolean isBehind(Publication publication) {
    return isInEpoch(publication) && publication.offset() <= offset;
  }

  private boolean isInEpoch(Publication publication) {
    return publication.epoch().equals(epoch) || epoch.isEmpty();
  }

  private void keep(ChannelEvent event) {
    if (kept == null) {
      return;
    }
    keptBytes += EVENT_BYTES;
    if (event instanceof Publication publication) {
      keptBytes += publication.data().length();
    }
    if (keptBytes > owner.keptBytesMax()) {
      insufficient = true;
      kept = null;
    } else {
      kept.add(event);
    }
  }

  /** Whether too much arrived, or something was lost, before the reply could be written. */
  boolean isInsufficient() {
    return insufficient;
  }

  /** The positioned publications that arrived before the reply. */
  List<Publication> keptPublications() {
    var publications = new ArrayList<Publication>();
    for (ChannelEvent event : kept == null ? List.<ChannelEvent>of() : kept) {
      if (event instanceof Publication publication && publication.positioned()) {
        publications.add(publication);
      }
    }
    return publications;
  }

  /**
   * The reply is written: passes on what was kept and is not part of the reply, and everything from
   * now on.
   */
  void goLive(Recovery recovery) {
    List<ChannelEvent> waiting = kept == null ? List.of() : kept;
    kept = null;
    state = State.LIVE;
    offset = recovery.reached().offset();
    epoch = recovery.reached().epoch();
    base = agreement.delta() ? recovery.newest() : null;
    for (ChannelEvent event : waiting) {
      event(event);
    }
  }

  boolean isLive() {
    return state == State.LIVE;
  }

  /** Nothing is delivered any more. Says whether it was live, false also when it had ended. */
  boolean end() {
    boolean wasLive = isLive();
    state = State.ENDED;
    kept = null;
    base = null;
    return wasLive;
  }

  /** Whether the client was added to those who are present. */
  boolean isPresent() {
    return present;
  }

  void setPresent(boolean present) {
    this.present = present;
  }

  Expiry expiry() {
    return expiry;
  }

  /** JSON for the client, part of the reply; empty when there is none. */
  Bytes data() {
    return data;
  }

  /** JSON about the subscriber that other clients see; empty when there is none. */
  Bytes chanInfo() {
    return chanInfo;
  }

  /** A new token of the subscription. */
  void renew(Expiry expiry, Bytes chanInfo) {
    this.expiry = expiry;
    this.chanInfo = chanInfo;
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public void slot(int slot) {
    this.slot = slot;
  }
}
