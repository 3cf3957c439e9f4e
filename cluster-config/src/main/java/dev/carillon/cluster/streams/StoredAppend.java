package dev.carillon.cluster.streams;

import dev.carillon.channel.Publication;
import dev.carillon.channel.PublicationCodec;
import dev.carillon.cluster.WireData;
import dev.carillon.stream.StoredPublication;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the publications of an {@link Append}, in their order. What was stored now is
 * known to the caller but for offset and time; a duplicate is sent back as it was stored. Without
 * any outcome: nothing was stored now, and nobody knows whether it was before.
 */
public final class StoredAppend implements WireData {

  private static final PublicationCodec PUBLICATION = new PublicationCodec();

  /**
   * One publication.
   *
   * @param stored null when it was stored now
   */
  record Outcome(long offset, long time, @Nullable Publication stored) {}

  private String epoch = "";
  private List<Outcome> outcomes = List.of();

  /** For Hazelcast, which fills it. */
  public StoredAppend() {}

  static StoredAppend of(String epoch, List<StoredPublication> stored) {
    StoredAppend append = new StoredAppend();
    append.epoch = epoch;
    append.outcomes = stored.stream().map(StoredAppend::outcome).toList();
    return append;
  }

  String epoch() {
    return epoch;
  }

  List<Outcome> outcomes() {
    return outcomes;
  }

  @Override
  public int getClassId() {
    return WireIds.APPENDED;
  }

  @Override
  public void write(WireWriter out) {
    out.string(epoch).varint(outcomes.size());
    for (Outcome outcome : outcomes) {
      out.varint(outcome.offset()).varint(outcome.time()).bool(outcome.stored() != null);
      if (outcome.stored() != null) {
        PUBLICATION.write(outcome.stored(), out);
      }
    }
  }

  @Override
  public void read(WireReader in) {
    epoch = in.string();
    int count = in.count();
    List<Outcome> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(new Outcome(in.varint(), in.varint(), in.bool() ? PUBLICATION.read(in) : null));
    }
    outcomes = List.copyOf(all);
  }

  private static Outcome outcome(StoredPublication stored) {
    Publication publication = stored.publication();
    return new Outcome(
        publication.offset(), publication.time(), stored.duplicate() ? publication : null);
  }
}
