package dev.carillon.redis;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.ClientInfoCodec;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.PublicationCodec;
import dev.carillon.channel.StreamPosition;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.util.Map;

/**
 * What is stored of a publication beside its position and time: a byte for the format, and the rest
 * as nodes send it to each other. It outlives the software that wrote it, so its format has a
 * number of its own.
 */
final class StoredBody {

  static final int FORMAT = 1;

  private static final ClientInfoCodec INFO = new ClientInfoCodec();

  private StoredBody() {}

  static byte[] encode(NewPublication publication) {
    WireWriter out = new WireWriter(publication.data().length() + 64);
    out.u8(FORMAT).payload(publication.data());
    ClientInfo info = publication.info();
    out.bool(info != null);
    if (info != null) {
      INFO.write(info, out);
    }
    PublicationCodec.writeTags(publication.tags(), out);
    return out.bool(publication.delta()).toByteArray();
  }

  /**
   * @throws WireException when the bytes are not what {@link #encode} gives
   */
  static Publication decode(byte[] body, StreamPosition position, long time) {
    WireReader in = new WireReader(body);
    int format = in.u8();
    if (format != FORMAT) {
      throw new WireException("format " + format + " (expected: " + FORMAT + ")");
    }
    Bytes data = in.payload();
    ClientInfo info = in.bool() ? INFO.read(in) : null;
    Map<String, String> tags = PublicationCodec.readTags(in);
    boolean delta = in.bool();
    return new Publication(position.offset(), position.epoch(), data, info, tags, delta, time);
  }
}
