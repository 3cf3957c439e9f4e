package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.Publication;
import dev.carillon.delta.FossilDelta;
import dev.carillon.protocol.SentPublication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recovered publications with delta compression (docs/PROTOCOL.md, "Delta compression"). */
final class Deltas {

  private Deltas() {}

  /** The first one whole, each of the others as a patch to the one before it if that is shorter. */
  static List<SentPublication> of(List<Publication> run) {
    var sent = new ArrayList<SentPublication>(run.size());
    Publication before = null;
    for (Publication publication : run) {
      sent.add(sent(before, publication));
      before = publication;
    }
    return sent;
  }

  private static SentPublication sent(@Nullable Publication before, Publication publication) {
    Bytes patch = before == null ? null : FossilDelta.patch(before.data(), publication.data());
    return patch == null
        ? SentPublication.whole(publication)
        : SentPublication.patch(publication, patch);
  }
}
