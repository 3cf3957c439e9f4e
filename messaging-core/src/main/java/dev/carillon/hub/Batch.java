package dev.carillon.hub;

import dev.carillon.channel.Bytes;
import dev.carillon.protocol.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is sent within one turn of the event loop: a sequence of frames. The sequences of
 * all clients form a tree, in which those who are sent the same stand at the same place; so a
 * sequence is put together and framed once, however many clients get it.
 *
 * <p>Several frames of a sequence become one, of at most 16 replies or 64 KiB, because a browser
 * pays for every message. Confined to one event loop.
 */
final class Batch {

  /** As many as the reference server puts into one frame; SDKs split them again. */
  private static final int MAX_REPLIES = 16;

  private static final int MAX_BYTES = 64 * 1024;

  /**
   * Sequences that are looked through for the one a client wants. The subscribers of a channel are
   * sent one event in two encodings, each as it is, whole or as a patch, in any order.
   */
  private static final int FORMS = 6;

  private final @Nullable Batch before;
  private final @Nullable Frame last;

  /** The sequence that was made from this one last, and the one before that. */
  private @Nullable Batch newest;

  private @Nullable Batch older;

  private @Nullable List<Frame> frames;

  private Batch(@Nullable Batch before, @Nullable Frame last) {
    this.before = before;
    this.last = last;
  }

  /** The sequence of a client that is sent nothing. */
  static Batch empty() {
    return new Batch(null, null);
  }

  boolean isEmpty() {
    return last == null;
  }

  /** This sequence and one more frame, which others may be sent too. */
  Batch with(Frame shared) {
    Batch known = newest;
    for (int looked = 0; known != null && looked < FORMS; looked++) {
      if (known.last == shared) {
        return known;
      }
      known = known.older;
    }
    var fresh = new Batch(this, shared);
    fresh.older = newest;
    newest = fresh;
    return fresh;
  }

  /** This sequence and one more frame for this client alone. */
  Batch withOwn(Frame own) {
    return new Batch(this, own);
  }

  /**
   * The frames to be sent.
   *
   * @param made gets those that were made for it, for somebody to release
   */
  List<Frame> frames(Protocol protocol, List<Frame> made) {
    List<Frame> known = frames;
    if (known == null) {
      known = joined(protocol);
      made.addAll(known);
      frames = known;
    }
    return known;
  }

  private List<Frame> joined(Protocol protocol) {
    List<Frame> sequence = sequence();
    if (sequence.size() == 1) {
      return sequence;
    }
    List<Frame> joined = new ArrayList<>();
    List<Bytes> group = new ArrayList<>();
    int bytes = 0;
    for (Frame frame : sequence) {
      int length = frame.payload().length();
      if (!group.isEmpty() && (group.size() == MAX_REPLIES || bytes + length > MAX_BYTES)) {
        joined.add(new Frame(protocol.join(group)));
        group.clear();
        bytes = 0;
      }
      group.add(frame.payload());
      bytes += length;
    }
    joined.add(new Frame(protocol.join(group)));
    return joined;
  }

  private List<Frame> sequence() {
    List<Frame> sequence = new ArrayList<>();
    for (Batch at = this; at != null && at.last != null; at = at.before) {
      sequence.add(at.last);
    }
    Collections.reverse(sequence);
    return sequence;
  }
}
