package dev.carillon.stream;

import dev.carillon.channel.Bytes;
import dev.carillon.link.LinkAck;
import dev.carillon.link.LinkFrame;
import dev.carillon.link.LinkPing;
import dev.carillon.wire.Incarnation;
import java.util.List;

/**
 * The receiving end of a link from one node. Frames come in order, but some may be lost, and frames
 * of a connection that was given up may come late; those are dropped, because the loss was noticed
 * and made good meanwhile.
 */
public final class LinkReceiver {

  /**
   * What a frame or ping brought.
   *
   * @param lost whether deliveries before it were lost
   */
  public record Received(List<Bytes> deliveries, boolean lost) {}

  private static final Received NOTHING = new Received(List.of(), false);

  private final Incarnation self;
  private long link;
  private long sequence;
  private long ackedSequence;
  private int unackedBytes;

  public LinkReceiver(Incarnation self) {
    this.self = self;
  }

  public Received frame(LinkFrame frame) {
    if (frame.link() < link || frame.link() == link && frame.sequence() <= sequence) {
      return NOTHING;
    }
    boolean lost = moveTo(frame.link(), frame.sequence() - 1) || frame.resync();
    sequence = frame.sequence();
    unackedBytes += frame.weight();
    return new Received(frame.deliveries(), lost);
  }

  /** A ping tells about frames before it that never came. */
  public Received ping(LinkPing ping) {
    if (ping.link() < link || ping.link() == link && ping.sequence() < sequence) {
      return NOTHING;
    }
    return new Received(List.of(), moveTo(ping.link(), ping.sequence()));
  }

  /** Bytes of the frames since the last acknowledgement. */
  public int unackedBytes() {
    return unackedBytes;
  }

  /** Whether an acknowledgement would tell something new. */
  public boolean hasUnacked() {
    return sequence != ackedSequence;
  }

  /** The acknowledgement to send now. */
  public LinkAck ack() {
    unackedBytes = 0;
    ackedSequence = sequence;
    return new LinkAck(self, link, sequence);
  }

  /** Says whether what lies up to there, or the end of the life before, was missed. */
  private boolean moveTo(long newLink, long upTo) {
    boolean anew = newLink > link;
    boolean lost = anew ? link != 0 || upTo > 0 : upTo > sequence;
    if (anew) {
      ackedSequence = 0;
      unackedBytes = 0;
    }
    link = newLink;
    sequence = upTo;
    return lost;
  }
}
