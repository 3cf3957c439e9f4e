package dev.carillon.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A class that Jazzer feeds with bytes, through its method {@code fuzzerTestOneInput}, and that
 * throws when they do harm.
 *
 * @param corpus resource with inputs that were interesting once, one in each line, in hexadecimal
 * @param dictionary resource with words that occur in inputs; empty for none
 */
public record FuzzTarget(Class<?> type, String corpus, String dictionary) {

  /** The inputs that are kept in the repository. */
  public List<byte[]> inputs() {
    try (var in = type.getResourceAsStream(corpus)) {
      byte[] all = Objects.requireNonNull(in, corpus).readAllBytes();
      return new String(all, StandardCharsets.US_ASCII)
          .lines()
          .map(line -> HexFormat.of().parseHex(line))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Of its folder below target/fuzz. */
  public String name() {
    return type.getSimpleName();
  }
}
