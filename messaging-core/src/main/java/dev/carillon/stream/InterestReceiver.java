package dev.carillon.stream;

import dev.carillon.link.InterestAsk;
import dev.carillon.link.InterestDelta;
import dev.carillon.link.InterestNews;
import dev.carillon.link.InterestWhole;
import dev.carillon.link.Slots;
import dev.carillon.wire.Incarnation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What is known of another node's interest. It is relied on only as long as the other one knows
 * that, which is for a lease from the last ask that was answered; without it the other node wants
 * everything.
 *
 * <p>{@code now} is the clock of {@link InterestSender}, but of this node.
 */
public final class InterestReceiver {

  private static final int WORD_BITS = 6;

  private final Incarnation self;
  private final long leaseMillis;
  private final long[] bitmap = new long[Slots.COUNT >>> WORD_BITS];
  private long known;

  /** News that follow an ask before this one are about what was forgotten. */
  private long validFrom;

  private long reliesUntil = Long.MIN_VALUE;

  public InterestReceiver(Incarnation self, long leaseMillis) {
    this.self = self;
    this.leaseMillis = leaseMillis;
  }

  /** Whether the other node may want what is published in a channel of this slot. */
  public boolean wants(int slot, long now) {
    return now >= reliesUntil || (bitmap[slot >>> WORD_BITS] >>> slot & 1) != 0;
  }

  /** Whether anything is known. */
  public boolean isKnown() {
    return known > 0;
  }

  /**
   * The ask to send for a new lease, from time to time.
   *
   * @param number greater than that of every ask before to this node
   */
  public InterestAsk renewal(long number, long now) {
    return new InterestAsk(self, number, known, now);
  }

  /** The ask to send when {@link #take} said so. */
  public InterestAsk acknowledgement(long number) {
    return new InterestAsk(self, number, known, 0);
  }

  /** Takes what came; returns whether the other node should be told what is known now. */
  public boolean take(InterestNews news) {
    if (news.number() < validFrom) {
      return false;
    }
    boolean grows = news.version() > known;
    if (grows && !apply(news)) {
      return true;
    }
    if (news.at() != 0) {
      reliesUntil = Math.max(reliesUntil, news.at() + leaseMillis);
    }
    return grows;
  }

  /**
   * Wants to be told everything again, because something was lost on the way.
   *
   * @param number of the next ask
   */
  public void forget(long number) {
    known = 0;
    validFrom = number;
    reliesUntil = Long.MIN_VALUE;
  }

  /** Whether what is known is what the news say now. */
  private boolean apply(InterestNews news) {
    if (news instanceof InterestWhole whole) {
      ByteBuffer bytes = ByteBuffer.wrap(whole.bitmap().array()).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asLongBuffer().get(bitmap);
    } else if (news instanceof InterestDelta delta) {
      if (known == 0 || delta.base() > known) {
        return false;
      }
      delta.set().forEach(slot -> bitmap[slot >>> WORD_BITS] |= 1L << slot);
      delta.cleared().forEach(slot -> bitmap[slot >>> WORD_BITS] &= ~(1L << slot));
    }
    known = news.version();
    return true;
  }
}
