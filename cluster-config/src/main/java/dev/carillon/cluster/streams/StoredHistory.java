package dev.carillon.cluster.streams;

import dev.carillon.channel.History;
import dev.carillon.channel.Publication;
import dev.carillon.channel.PublicationCodec;
import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.WireData;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** A {@link History} as an answer. */
public final class StoredHistory implements WireData {

  private static final PublicationCodec PUBLICATION = new PublicationCodec();

  private History history = new History(StreamPosition.NONE, List.of());

  /** For Hazelcast, which fills it. */
  public StoredHistory() {}

  StoredHistory(History history) {
    this.history = history;
  }

  History history() {
    return history;
  }

  @Override
  public int getClassId() {
    return WireIds.STORED_HISTORY;
  }

  @Override
  public void write(WireWriter out) {
    StoredPosition.write(history.top(), out);
    out.varint(history.publications().size());
    history.publications().forEach(publication -> PUBLICATION.write(publication, out));
  }

  @Override
  public void read(WireReader in) {
    StreamPosition top = StoredPosition.readPosition(in);
    int count = in.count();
    List<Publication> publications = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      publications.add(PUBLICATION.read(in));
    }
    history = new History(top, publications);
  }
}
