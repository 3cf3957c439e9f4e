package dev.carillon.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** A session of a real SDK, frame by frame; see the README beside the files. */
record Recording(Encoding encoding, List<byte[]> fromClient, List<String> fromServer) {

  static Recording of(Encoding encoding) {
    List<String> frames = frames(encoding.name().toLowerCase(Locale.ROOT));
    return new Recording(
        encoding,
        frames.stream()
            .filter(frame -> frame.startsWith("> "))
            .map(frame -> bytes(encoding, frame.replaceAll("(?m)^> ", "")))
            .toList(),
        frames.stream()
            .filter(frame -> frame.startsWith("< "))
            .map(frame -> frame.substring(2))
            .toList());
  }

  private static byte[] bytes(Encoding encoding, String frame) {
    return switch (encoding) {
      case JSON -> frame.getBytes(StandardCharsets.UTF_8);
      case PROTOBUF -> HexFormat.of().parseHex(frame);
    };
  }

  private static List<String> frames(String name) {
    try (var in = Recording.class.getResourceAsStream("/recorded/" + name + ".txt")) {
      byte[] all = Objects.requireNonNull(in, name).readAllBytes();
      return Stream.of(new String(all, StandardCharsets.UTF_8).stripTrailing().split("\n\n"))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  Protocol protocol() {
    return Protocol.of(encoding);
  }

  /** Our bytes in the form of the file. */
  String shown(byte[] frame) {
    return switch (encoding) {
      case JSON -> new String(frame, StandardCharsets.UTF_8);
      case PROTOBUF -> HexFormat.of().formatHex(frame);
    };
  }
}
