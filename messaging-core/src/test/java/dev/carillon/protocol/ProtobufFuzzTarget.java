package dev.carillon.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Frames of a client that talks Protobuf: what is read says the same when it is said again. */
public final class ProtobufFuzzTarget {

  private static final Protocol PROTOBUF = Protocol.of(Encoding.PROTOBUF);

  private ProtobufFuzzTarget() {}

  public static void fuzzerTestOneInput(byte[] frame) throws ProtocolException, IOException {
    List<Command> commands;
    try {
      commands = PROTOBUF.decode(frame);
    } catch (ProtocolException refused) {
      if (refused.disconnect() != Disconnect.BAD_REQUEST) {
        throw refused;
      }
      return;
    }
    var again = new ByteArrayOutputStream();
    for (Command command : commands) {
      ContractCommand.of(command).writeDelimitedTo(again);
    }
    if (!PROTOBUF.decode(again.toByteArray()).equals(commands)) {
      throw new AssertionError("commands that are others when they are said again");
    }
  }
}
