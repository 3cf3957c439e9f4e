package dev.carillon.config;

import org.jspecify.annotations.Nullable;

/**
 * A setting that can't be used. The message is one line for an operator; it shows no secret.
 *
 * <p>An option record may throw one from its constructor for a rule that {@link Option} can't
 * express; the reader then completes key and source.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final String key;
  private final String value;
  private final String expected;
  private final @Nullable String nearest;

  /**
   * @param source where the value was set; empty: not known (yet)
   * @param key the whole key; in a record's constructor: the key of the component
   * @param value the offending value; for a secret: {@code (set)}
   * @param expected what would have been right
   * @param nearest the known key that resembles an unknown one most
   */
  public ConfigException(
      String source, String key, String value, String expected, @Nullable String nearest) {
    this.source = source;
    this.key = key;
    this.value = value;
    this.expected = expected;
    this.nearest = nearest;
  }

  /** For the constructor of an option record: {@code key} is that of the component alone. */
  public ConfigException(String key, Object value, String expected) {
    this("", key, String.valueOf(value), expected, null);
  }

  /** Source, key, value, what was expected and the nearest known key, in one line. */
  @Override
  public String getMessage() {
    return line(source, key, value, expected, nearest);
  }

  /** Where the value was set, or the empty string. */
  public String source() {
    return source;
  }

  /** The key that was set. */
  public String key() {
    return key;
  }

  /** The offending value as text. */
  public String value() {
    return value;
  }

  /** What would have been right. */
  public String expected() {
    return expected;
  }

  /** The most similar known key, when the key itself is unknown. */
  public @Nullable String nearest() {
    return nearest;
  }

  private static String line(
      String source, String key, String value, String expected, @Nullable String nearest) {
    var line = new StringBuilder();
    if (!source.isEmpty()) {
      line.append(source).append(": ");
    }
    line.append(key).append(" = ").append(value.replaceAll("\\s+", " "));
    line.append(" (expected: ").append(expected);
    if (nearest != null) {
      line.append("; nearest: ").append(nearest);
    }
    return line.append(')').toString();
  }
}
