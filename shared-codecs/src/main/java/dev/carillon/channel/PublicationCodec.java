package dev.carillon.channel;

import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    out.varint(publication.offset()).string(publication.epoch());
    write(publication.data(), publication.info(), publication.tags(), out);
    out.bool(publication.delta()).varint(publication.time());
  }

  @Override
  public Publication read(WireReader in) {
    long offset = in.varint();
    String epoch = in.string();
    NewPublication content = readContent(in).withDelta(in.bool());
    return content.at(offset, epoch, in.varint());
  }

  /** What its publisher said: data, info and tags, which are the same wherever it is kept. */
  public static void writeContent(NewPublication publication, WireWriter out) {
    write(publication.data(), publication.info(), publication.tags(), out);
  }

  private static void write(
      Bytes data, @Nullable ClientInfo info, Map<String, String> tags, WireWriter out) {
    out.payload(data).bool(info != null);
    if (info != null) {
      INFO.write(info, out);
    }
    writeTags(tags, out);
  }

  /** What {@link #writeContent} wrote. */
  public static NewPublication readContent(WireReader in) {
    return new NewPublication(in.payload(), in.bool() ? INFO.read(in) : null, readTags(in), "");
  }

  /** Sorted, so that equal values have equal bytes. */
  private static void writeTags(Map<String, String> tags, WireWriter out) {
    out.varint(tags.size());
    new TreeMap<>(tags).forEach((key, value) -> out.string(key).string(value));
  }

  private static Map<String, String> readTags(WireReader in) {
    int count = in.count();
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < count; i++) {
      tags.put(in.string(), in.string());
    }
    return tags;
  }
}
