package dev.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The frames of a real SDK: read as it meant them, answered as it understood it. */
class RecordedSessionTest {

  @ParameterizedTest
  @EnumSource
  void whatTheSdkSaysIsRead(Encoding encoding) throws Exception {
    Recording recording = Recording.of(encoding);
    var commands = new ArrayList<Command>();
    for (byte[] frame : recording.fromClient()) {
      commands.addAll(recording.protocol().decode(frame));
    }
    assertEquals(RecordedValues.commands(), commands);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheSdkUnderstandsIsWritten(Encoding encoding) throws Exception {
    Recording recording = Recording.of(encoding);
    var frames = new ArrayList<String>();
    for (Object answer : RecordedValues.answers()) {
      Protocol protocol = recording.protocol();
      var frame =
          answer instanceof Reply reply
              ? protocol.encode(reply)
              : answer instanceof Push push ? protocol.encode(push) : protocol.ping();
      frames.add(recording.shown(frame.array()));
    }
    List<String> expected = new ArrayList<>(recording.fromServer());
    assertTrue(expected.remove("close 3001 shutdown"));
    assertEquals(String.join("\n", expected), String.join("\n", frames));
  }

  @Test
  void whatWasReadIsWhatTheContractReads() throws Exception {
    var commands = new ArrayList<dev.carillon.protocol.contract.Command>();
    for (byte[] frame : Recording.of(Encoding.PROTOBUF).fromClient()) {
      var in = new ByteArrayInputStream(frame);
      while (in.available() > 0) {
        commands.add(dev.carillon.protocol.contract.Command.parseDelimitedFrom(in));
      }
    }
    assertEquals(RecordedValues.commands().stream().map(ContractCommand::of).toList(), commands);
  }

  @ParameterizedTest
  @EnumSource
  void aFrameThatIsCutOffAnywhereIsReadToACommandsEndOrRefused(Encoding encoding) throws Exception {
    Recording recording = Recording.of(encoding);
    for (byte[] frame : recording.fromClient()) {
      List<Command> whole = recording.protocol().decode(frame);
      Set<Integer> ends = ends(encoding, frame);
      for (int length = 0; length < frame.length; length++) {
        byte[] part = Arrays.copyOf(frame, length);
        if (ends.contains(length)) {
          List<Command> some = recording.protocol().decode(part);
          assertEquals(whole.subList(0, some.size()), some);
        } else {
          var refusal =
              assertThrows(ProtocolException.class, () -> recording.protocol().decode(part));
          assertEquals(Disconnect.BAD_REQUEST, refusal.disconnect());
        }
      }
    }
  }

  /** Where a command ends, before the last one. */
  private static Set<Integer> ends(Encoding encoding, byte[] frame) {
    var ends = new HashSet<Integer>();
    int at = 0;
    while (at < frame.length) {
      if (encoding == Encoding.JSON) {
        if (frame[at] == '\n') {
          ends.add(at);
          ends.add(at + 1);
        }
        at++;
      } else {
        // No command of the recording is longer than one byte can say.
        at += 1 + frame[at];
        ends.add(at);
      }
    }
    return ends;
  }
}
