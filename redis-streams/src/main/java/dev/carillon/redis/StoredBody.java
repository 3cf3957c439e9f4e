package dev.carillon.redis;

import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.PublicationCodec;
import dev.carillon.channel.StreamPosition;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/**
 * What is stored of a publication beside its position and time: a byte for the format, and the rest
 * as nodes send it to each other. It outlives the software that wrote it, so its format has a
 * number of its own.
 */
final class StoredBody {

  static final int FORMAT = 1;

  private StoredBody() {}

  static byte[] encode(NewPublication publication) {
    WireWriter out = new WireWriter(publication.data().length() + 64);
    out.u8(FORMAT);
    PublicationCodec.writeContent(publication, out);
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
    NewPublication content = PublicationCodec.readContent(in).withDelta(in.bool());
    return content.at(position.offset(), position.epoch(), time);
  }
}
