package dev.carillon.bench;

import java.util.List;

/** A node that lets everybody in, and what clients say to it. */
final class Settings {

  static final String CONNECT = "{\"id\":1,\"connect\":{}}";
  static final String SUBSCRIBE = CONNECT + "\n{\"id\":2,\"subscribe\":{\"channel\":\"bench\"}}";

  static final List<String> OPEN = List.of("client.insecure=true", "demo.enabled=false");

  private Settings() {}

  /** A publish whose data has so many bytes and says when it was made. */
  static String publication(int bytes) {
    String time = "{\"t\":" + System.nanoTime() + ",\"x\":\"";
    int fill = Math.max(0, bytes - time.length() - 2);
    return "{\"id\":3,\"publish\":{\"channel\":\"bench\",\"data\":"
        + time
        + "x".repeat(fill)
        + "\"}}}";
  }
}
