package dev.carillon.session;

import dev.carillon.channel.Publication;
import dev.carillon.protocol.SentPublication;
import java.util.List;

/** Publications in the form that a subscription gets them in (docs/PROTOCOL.md, "Delta"). */
final class Deltas {

  private Deltas() {}

  /** A run of publications, one after the other. */
  static List<SentPublication> of(List<Publication> run, boolean delta) {
    return delta ? run.stream().map(SentPublication::whole).toList() : SentPublication.plain(run);
  }
}
