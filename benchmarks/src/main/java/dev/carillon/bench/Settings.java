package dev.carillon.bench;

import java.util.List;

/** A node that lets everybody in, and what clients say to it. */
final class Settings {

  static final String CONNECT = "{\"id\":1,\"connect\":{}}";
  static final String SUBSCRIBE = CONNECT + "\n{\"id\":2,\"subscribe\":{\"channel\":\"bench\"}}";

  static final List<String> OPEN = List.of("client.insecure=true", "demo.enabled=false");

  /** The same on all nodes of a cluster, which keep nothing that is secret. */
  private static final String SECRET = "benchmark-benchmark-benchmark-00";

  /** The same with history in every channel. */
  static final List<String> KEPT =
      List.of(
          "client.insecure=true",
          "demo.enabled=false",
          "channel.without_namespace.history_size=100",
          "channel.without_namespace.history_ttl=1h",
          "client.token.hmac_secret_key=" + SECRET,
          "admin.password=" + SECRET,
          "admin.secret=" + SECRET);

  private Settings() {}

  static String subscribe(long id, String channel) {
    return "{\"id\":" + id + ",\"subscribe\":{\"channel\":\"" + channel + "\"}}";
  }

  /** A publish whose data has so many bytes and says when it was made. */
  static String publication(int bytes) {
    return publication(3, "bench", bytes);
  }

  /** The same into another channel. */
  static String publication(long id, String channel, int bytes) {
    String time = "{\"t\":" + System.nanoTime() + ",\"x\":\"";
    int fill = Math.max(0, bytes - time.length() - 2);
    return "{\"id\":"
        + id
        + ",\"publish\":{\"channel\":\""
        + channel
        + "\",\"data\":"
        + time
        + "x".repeat(fill)
        + "\"}}}";
  }
}
