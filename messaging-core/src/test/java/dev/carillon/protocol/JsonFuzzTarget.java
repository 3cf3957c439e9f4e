package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.Publication;
import dev.carillon.text.JsonText;
import java.util.Map;

/** Frames of a client that talks JSON, and what others are told because of them. */
public final class JsonFuzzTarget {

  private static final Protocol JSON = Protocol.of(Encoding.JSON);

  private JsonFuzzTarget() {}

  public static void fuzzerTestOneInput(byte[] frame) throws ProtocolException {
    boolean oneValue = JsonText.isOneValue(frame);
    try {
      for (Command command : JSON.decode(frame.clone())) {
        if (command instanceof PublishRequest publish && !publish.data().isEmpty()) {
          publish(publish.channel(), publish.data());
        }
      }
    } catch (ProtocolException refused) {
      if (refused.disconnect() != Disconnect.BAD_REQUEST) {
        throw refused;
      }
    }
    if (oneValue) {
      publish("c", Bytes.of(frame));
    }
  }

  /** Whatever a client published stays inside of its push. */
  private static void publish(String channel, Bytes data) throws ProtocolException {
    if (!JsonText.isOneValue(data.array())) {
      throw new AssertionError("a payload that is not JSON came out of a frame");
    }
    var publication = new Publication(0, "", data, null, Map.of(), 0);
    Bytes push = JSON.encode(new EventPush(channel, publication));
    if (!JsonText.isOneValue(push.array())) {
      throw new AssertionError("a push that is not one value");
    }
    for (byte b : push.array()) {
      if (b == '\n') {
        throw new AssertionError("a push of two lines");
      }
    }
  }
}
