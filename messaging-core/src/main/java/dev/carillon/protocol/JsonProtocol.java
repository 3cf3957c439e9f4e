package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import java.util.List;

/** The protocol in JSON (docs/PROTOCOL.md, "JSON"). */
final class JsonProtocol implements Protocol {

  static final JsonProtocol JSON = new JsonProtocol();

  private static final Bytes PING = Bytes.utf8("{}");

  private static final Bytes NEWLINE = Bytes.utf8("\n");

  private JsonProtocol() {}

  @Override
  public List<Command> decode(byte[] frame) throws ProtocolException {
    return JsonDecoder.decode(frame);
  }

  @Override
  public Bytes encode(Reply reply) throws ProtocolException {
    return new JsonEncoder().reply(reply);
  }

  @Override
  public Bytes encode(Push push) throws ProtocolException {
    return new JsonEncoder().push(push);
  }

  @Override
  public Bytes join(List<Bytes> frames) {
    return Bytes.join(frames, NEWLINE);
  }

  @Override
  public Bytes ping() {
    return PING;
  }
}
