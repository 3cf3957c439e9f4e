package dev.carillon.cluster.seal;

import dev.carillon.cluster.ClusterOptions;
import dev.carillon.cluster.StartException;
import dev.carillon.cluster.StartException.Reason;
import dev.carillon.cluster.tls.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys for the payloads of streams: the first seals, all of them open.
 *
 * @param all the first is the one that seals
 */
public record PayloadKeys(List<PayloadKey> all) {

  private static final String FILE = "cluster.payload_key_file";

  public PayloadKeys {
    all = List.copyOf(all);
  }

  /**
   * Those that are configured; reads the file if that is how.
   *
   * @return empty when payloads are not sealed
   * @throws StartException when the file can't be used
   */
  public static Optional<PayloadKeys> of(ClusterOptions options) {
    if (!options.payloadKeyFile().isEmpty()) {
      return Optional.of(read(options.payloadKeyFile()));
    }
    var texts = Stream.of(options.payloadKey(), options.payloadPreviousKey());
    var keys = texts.filter(text -> !text.isEmpty()).map(PayloadKey::parse).toList();
    return keys.isEmpty() ? Optional.empty() : Optional.of(new PayloadKeys(keys));
  }

  /** Whether a text is a key. */
  public static boolean isKey(String text) {
    try {
      PayloadKey.parse(text);
      return true;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /** What is expected of the text of a key. */
  public static String form() {
    return PayloadKey.FORM;
  }

  /** What the other nodes have to know about them. */
  public Trust trust() {
    return new Trust(all.get(0).id(), all.stream().map(PayloadKey::id).collect(Collectors.toSet()));
  }

  private static PayloadKeys read(String file) {
    try {
      var lines = Files.readAllLines(Path.of(file));
      var keys = lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
      if (!keys.isEmpty() && keys.stream().allMatch(PayloadKeys::isKey)) {
        return new PayloadKeys(keys.stream().map(PayloadKey::parse).toList());
      }
    } catch (IOException unreadable) {
      throw refusal(file, "a file that can be read");
    }
    throw refusal(file, "a line for each key: " + PayloadKey.FORM);
  }

  private static StartException refusal(String file, String expected) {
    return new StartException(
        Reason.PAYLOAD_KEY, FILE, FILE + " = " + file + " (expected: " + expected + ")");
  }
}
