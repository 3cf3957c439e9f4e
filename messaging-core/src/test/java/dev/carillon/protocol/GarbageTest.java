package dev.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Frames that no SDK sends, in both encodings: they are read or refused, and nothing else. */
class GarbageTest {

  private static final Recording JSON = Recording.of(Encoding.JSON);
  private static final Recording PROTOBUF = Recording.of(Encoding.PROTOBUF);

  @Property(tries = 5_000)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 60) byte[] frame) {
    decode(JSON, frame);
    decode(PROTOBUF, frame);
  }

  @Property(tries = 5_000)
  void anyFrameOfAnSdkThatWasChangedIsReadOrRefused(
      @ForAll @IntRange(max = 1_000) int which,
      @ForAll @IntRange(max = 1_000) int where,
      @ForAll @Size(max = 4) byte[] what,
      @ForAll @IntRange(max = 6) int removed) {
    for (Recording recording : new Recording[] {JSON, PROTOBUF}) {
      byte[] frame = recording.fromClient().get(which % recording.fromClient().size());
      int from = where % frame.length;
      int to = Math.min(frame.length, from + removed);
      byte[] changed = Arrays.copyOf(frame, frame.length - (to - from) + what.length);
      System.arraycopy(what, 0, changed, from, what.length);
      System.arraycopy(frame, to, changed, from + what.length, frame.length - to);
      decode(recording, changed);
    }
  }

  /**
   * Every length and every wire type at every place: where a decoder that trusts would go wrong.
   */
  @Property(tries = 256)
  void anyByteOfAnSdkMayBeAnyOther(@ForAll byte other) {
    for (byte[] frame : PROTOBUF.fromClient()) {
      for (int i = 0; i < frame.length; i++) {
        byte[] changed = frame.clone();
        changed[i] = other;
        decode(PROTOBUF, changed);
      }
    }
  }

  private static void decode(Recording recording, byte[] frame) {
    try {
      assertFalse(recording.protocol().decode(frame).isEmpty());
    } catch (ProtocolException refused) {
      assertEquals(Disconnect.BAD_REQUEST, refused.disconnect());
    }
  }
}
