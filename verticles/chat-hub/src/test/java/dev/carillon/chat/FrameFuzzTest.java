package dev.carillon.chat;

import dev.carillon.fuzz.FuzzRun;
import dev.carillon.fuzz.FuzzTarget;
import org.junit.jupiter.api.Test;

/** The frame assembler against inputs that look for new ways through it. */
class FrameFuzzTest {

  private static final FuzzTarget FRAMES =
      new FuzzTarget(FrameFuzzTarget.class, "/fuzz/frames.txt", "");

  @Test
  void whatWasFoundDoesNoHarm() {
    FRAMES.inputs().forEach(FrameFuzzTarget::fuzzerTestOneInput);
  }

  @Test
  void aShortRunFindsNothing() throws Exception {
    new FuzzRun(FRAMES).findsNothing();
  }
}
