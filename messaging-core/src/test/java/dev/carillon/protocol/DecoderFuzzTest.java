package dev.carillon.protocol;

import dev.carillon.fuzz.FuzzRun;
import dev.carillon.fuzz.FuzzTarget;
import org.junit.jupiter.api.Test;

/** Both decoders against inputs that look for new ways through them. */
class DecoderFuzzTest {

  private static final FuzzTarget JSON =
      new FuzzTarget(JsonFuzzTarget.class, "/fuzz/json.txt", "/fuzz/json.dict");
  private static final FuzzTarget PROTOBUF =
      new FuzzTarget(ProtobufFuzzTarget.class, "/fuzz/protobuf.txt", "");

  @Test
  void whatWasFoundInJsonDoesNoHarm() throws Exception {
    for (byte[] input : JSON.inputs()) {
      JsonFuzzTarget.fuzzerTestOneInput(input);
    }
  }

  @Test
  void whatWasFoundInProtobufDoesNoHarm() throws Exception {
    for (byte[] input : PROTOBUF.inputs()) {
      ProtobufFuzzTarget.fuzzerTestOneInput(input);
    }
  }

  @Test
  void aShortRunOnJsonFindsNothing() throws Exception {
    new FuzzRun(JSON).findsNothing();
  }

  @Test
  void aShortRunOnProtobufFindsNothing() throws Exception {
    new FuzzRun(PROTOBUF).findsNothing();
  }
}
