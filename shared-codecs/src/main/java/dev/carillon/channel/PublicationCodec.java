package dev.carillon.channel;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** {@link Publication} inside other values. */
public final class PublicationCodec implements WireCodec<Publication> {

  private static final ClientInfoCodec INFO = new ClientInfoCodec();

  @Override
  public int id() {
    return WireIds.PUBLICATION;
  }

  @Override
  public Class<Publication> type() {
    return Publication.class;
  }

  @Override
  public void write(Publication publication, WireWriter out) {
    out.varint(publication.offset()).string(publication.epoch()).payload(publication.data());
    ClientInfo info = publication.info();
    out.bool(info != null);
    if (info != null) {
      INFO.write(info, out);
    }
    writeTags(publication.tags(), out);
    out.bool(publication.delta()).varint(publication.time());
  }

  @Override
  public Publication read(WireReader in) {
    return new Publication(
        in.varint(),
        in.string(),
        in.payload(),
        in.bool() ? INFO.read(in) : null,
        readTags(in),
        in.bool(),
        in.varint());
  }

  /** Sorted, so that equal values have equal bytes. */
  public static void writeTags(Map<String, String> tags, WireWriter out) {
    out.varint(tags.size());
    new TreeMap<>(tags).forEach((key, value) -> out.string(key).string(value));
  }

  public static Map<String, String> readTags(WireReader in) {
    int count = in.count();
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < count; i++) {
      tags.put(in.string(), in.string());
    }
    return tags;
  }
}
