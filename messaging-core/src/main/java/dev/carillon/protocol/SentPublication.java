package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.Publication;
import dev.carillon.delta.FossilDelta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A publication in the form that one subscription gets it in.
 *
 * @param form how its payload is sent
 * @param patch from the payload before it in the subscription to its own; empty when there is none
 */
public record SentPublication(Publication publication, Form form, Bytes patch) {

  /** How a payload is sent. */
  public enum Form {
    /** As it is. */
    PLAIN,
    /** Whole, in a subscription with delta compression: in JSON as text. */
    WHOLE,
    /**
     * As the patch, in a subscription with delta compression. In JSON a patch that is not UTF-8
     * can't be sent, so the payload is sent whole; it is what the next patch starts from either
     * way.
     */
    PATCH
  }

  public static SentPublication plain(Publication publication) {
    return new SentPublication(publication, Form.PLAIN, Bytes.EMPTY);
  }

  public static SentPublication whole(Publication publication) {
    return new SentPublication(publication, Form.WHOLE, Bytes.EMPTY);
  }

  public static SentPublication patch(Publication publication, Bytes patch) {
    return new SentPublication(publication, Form.PATCH, patch);
  }

  /**
   * For a subscription with delta compression: as the patch, unless the payload itself is shorter.
   *
   * @param base what the client got before it; null when it got nothing yet
   */
  public static SentPublication after(@Nullable Publication base, Publication publication) {
    Bytes patch = base == null ? null : FossilDelta.patch(base.data(), publication.data());
    return patch == null ? whole(publication) : patch(publication, patch);
  }

  /**
   * All of them for a subscription with delta compression: the first whole, each after the last.
   */
  public static List<SentPublication> chain(List<Publication> publications) {
    var chain = new ArrayList<SentPublication>(publications.size());
    Publication base = null;
    for (Publication publication : publications) {
      chain.add(after(base, publication));
      base = publication;
    }
    return chain;
  }

  /** All of them as they are. */
  public static List<SentPublication> plain(List<Publication> publications) {
    return publications.stream().map(SentPublication::plain).toList();
  }
}
