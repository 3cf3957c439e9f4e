package dev.carillon.channel;

import dev.carillon.wire.WireException;
import dev.carillon.wire.WireIds;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/**
 * {@link ChannelDelivery} inside the frames of a link: the channel, the id of the kind of event,
 * and the event. Encoded once, whatever the number of nodes it goes to.
 */
public final class ChannelDeliveryCodec {

  private static final PublicationCodec PUBLICATION = new PublicationCodec();
  private static final JoinCodec JOIN = new JoinCodec();
  private static final LeaveCodec LEAVE = new LeaveCodec();

  private ChannelDeliveryCodec() {}

  public static Bytes encode(ChannelDelivery delivery) {
    WireWriter out = new WireWriter(128);
    out.string(delivery.channel());
    ChannelEvent event = delivery.event();
    if (event instanceof Publication publication) {
      PUBLICATION.write(publication, out.varint(WireIds.PUBLICATION));
    } else if (event instanceof Join join) {
      JOIN.write(join, out.varint(WireIds.JOIN));
    } else if (event instanceof Leave leave) {
      LEAVE.write(leave, out.varint(WireIds.LEAVE));
    }
    return Bytes.of(out.toByteArray());
  }

  /**
   * @throws WireException when the bytes are not what {@link #encode} made
   */
  public static ChannelDelivery decode(Bytes bytes) {
    WireReader in = new WireReader(bytes.array());
    ChannelDelivery delivery = new ChannelDelivery(in.string(), event(in));
    if (in.remaining() > 0) {
      throw new WireException(in.remaining() + " bytes left over (expected: none)");
    }
    return delivery;
  }

  private static ChannelEvent event(WireReader in) {
    int kind = in.int32();
    return switch (kind) {
      case WireIds.PUBLICATION -> PUBLICATION.read(in);
      case WireIds.JOIN -> JOIN.read(in);
      case WireIds.LEAVE -> LEAVE.read(in);
      default -> throw new WireException("event " + kind + " (expected: one of WireIds)");
    };
  }
}
