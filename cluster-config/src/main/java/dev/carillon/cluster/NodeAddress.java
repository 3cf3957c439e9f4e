package dev.carillon.cluster;

import dev.carillon.config.ConfigException;
import java.util.regex.Pattern;

/** Host and cluster port of another node, as an operator writes it. */
record NodeAddress(String host, int port) {

  static final int DEFAULT_PORT = 5701;

  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:\\[\\]]+)(?::(\\d{1,5}))?");

  /**
   * @param key the option's, for the message
   * @throws ConfigException when the text has another form
   */
  static NodeAddress parse(String key, String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigException(key, text, "host:port");
    }
    int port = matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
    if (port < 1 || port > 65_535) {
      throw new ConfigException(key, text, "a port from 1 to 65535");
    }
    var host = matcher.group(1);
    boolean bracketed = host.startsWith("[");
    return new NodeAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
