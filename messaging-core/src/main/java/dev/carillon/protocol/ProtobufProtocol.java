package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import java.util.List;

/** The protocol in Protobuf (docs/PROTOCOL.md, "Protobuf"). */
final class ProtobufProtocol implements Protocol {

  static final ProtobufProtocol PROTOBUF = new ProtobufProtocol();

  /** The length of an empty reply. */
  private static final Bytes PING = Bytes.of(new byte[] {0});

  private ProtobufProtocol() {}

  @Override
  public List<Command> decode(byte[] frame) throws ProtocolException {
    return ProtobufDecoder.decode(frame);
  }

  @Override
  public Bytes encode(Reply reply) {
    return new ProtobufEncoder().reply(reply);
  }

  @Override
  public Bytes encode(Push push) {
    return new ProtobufEncoder().push(push);
  }

  @Override
  public Bytes join(List<Bytes> frames) {
    return Bytes.join(frames, Bytes.EMPTY);
  }

  @Override
  public Bytes ping() {
    return PING;
  }
}
