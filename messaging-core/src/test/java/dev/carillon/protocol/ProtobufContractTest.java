package dev.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Our bytes are those of the classes that are generated from client.proto, and the reverse. */
class ProtobufContractTest {

  private static final Protocol PROTOBUF = Protocol.of(Encoding.PROTOBUF);

  @Property(tries = 500)
  void everyReplyHasTheBytesOfTheContract(@ForAll("replies") Reply reply) throws Exception {
    assertEquals(hex(frame(ContractReply.of(reply))), hex(PROTOBUF.encode(reply).array()));
  }

  @Property(tries = 500)
  void everyPushHasTheBytesOfTheContract(@ForAll("pushes") Push push) throws Exception {
    assertEquals(hex(frame(ContractReply.of(push))), hex(PROTOBUF.encode(push).array()));
  }

  @Property(tries = 500)
  void everyCommandOfTheContractIsRead(
      @ForAll("commands") @Size(min = 1, max = 3) List<Command> commands) throws Exception {
    var frame = new ByteArrayOutputStream();
    for (Command command : commands) {
      ContractCommand.of(command).writeDelimitedTo(frame);
    }
    assertEquals(commands, PROTOBUF.decode(frame.toByteArray()));
  }

  @Provide
  Arbitrary<Reply> replies() {
    return WireValues.replies();
  }

  @Provide
  Arbitrary<Push> pushes() {
    return WireValues.pushes();
  }

  @Provide
  Arbitrary<List<Command>> commands() {
    return WireValues.commands().list();
  }

  private static byte[] frame(MessageLite message) throws IOException {
    var frame = new ByteArrayOutputStream();
    message.writeDelimitedTo(frame);
    return frame.toByteArray();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
