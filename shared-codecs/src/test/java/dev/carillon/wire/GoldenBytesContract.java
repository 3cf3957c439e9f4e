package dev.carillon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every codec promises. The bytes are fixed: to change them is to change the wire version. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GoldenBytesContract {

  /** At least one of each codec under test. */
  protected abstract Stream<Golden<?>> goldens();

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void bytesAreGolden(Golden<T> golden) {
    HexFormat hex = HexFormat.of();
    assertEquals(
        hex.formatHex(golden.bytes()), hex.formatHex(golden.codec().encode(golden.value())));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void whatWasWrittenIsReadBack(Golden<T> golden) {
    assertEquals(golden.value(), golden.codec().decode(golden.bytes()));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void truncatedAtAnyByteIsAWireException(Golden<T> golden) {
    byte[] whole = golden.bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(
          WireException.class, () -> golden.codec().decode(part), () -> part.length + " bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void bytesLeftOverAreAWireException(Golden<T> golden) {
    byte[] whole = golden.bytes();
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThrows(WireException.class, () -> golden.codec().decode(longer));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  <T> void anotherVersionIsAWireException(Golden<T> golden) {
    byte[] bytes = golden.bytes();
    bytes[0]++;
    assertThrows(WireException.class, () -> golden.codec().decode(bytes));
  }
}
