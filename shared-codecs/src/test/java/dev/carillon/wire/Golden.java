package dev.carillon.wire;

import java.util.HexFormat;

/**
 * A value, and the bytes that it was and has to stay on the wire.
 *
 * @param hex without the version, with which all begin
 */
public record Golden<T>(WireCodec<T> codec, T value, String hex) {

  private static final String VERSION_HEX = "05";

  /** Everything that goes over the wire. */
  byte[] bytes() {
    return bytes(hex);
  }

  /** What somebody of this version could send, whether it means something or not. */
  public static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(VERSION_HEX + hex);
  }

  @Override
  public String toString() {
    return codec.type().getSimpleName();
  }
}
