package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import java.util.List;

/**
 * Bytes on one side, values on the other (docs/PROTOCOL.md). Stateless; may be used from any
 * thread.
 */
public interface Protocol {

  /** The protocol in this encoding. */
  static Protocol of(Encoding encoding) {
    return switch (encoding) {
      case JSON -> JsonProtocol.JSON;
      case PROTOBUF -> ProtobufProtocol.PROTOBUF;
    };
  }

  /**
   * The commands of one whole frame, at least one, in their order.
   *
   * @param frame is only read; nothing refers to it afterwards
   * @throws ProtocolException when any part of the frame is malformed; no command of it is valid
   */
  List<Command> decode(byte[] frame) throws ProtocolException;

  /**
   * A frame with this reply.
   *
   * @throws ProtocolException when a payload can't be said in this encoding
   */
  Bytes encode(Reply reply) throws ProtocolException;

  /**
   * A frame with this push.
   *
   * @throws ProtocolException when a payload can't be said in this encoding
   */
  Bytes encode(Push push) throws ProtocolException;

  /** One frame with everything that these frames hold, of which there is at least one. */
  Bytes join(List<Bytes> frames);

  /** A frame with a ping: an empty reply. */
  Bytes ping();
}
