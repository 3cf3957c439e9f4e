package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.Publication;
import java.util.List;

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

  /** All of them as they are. */
  public static List<SentPublication> plain(List<Publication> publications) {
    return publications.stream().map(SentPublication::plain).toList();
  }
}
