package dev.carillon.redis;

import java.util.List;

/**
 * The names of the keys. All streams of a part have the same hash tag, the number of the part in
 * braces, so that a script has all its keys in one slot of a Redis cluster.
 *
 * @param prefix of all of them; a change of what they hold raises its number
 */
record StreamKeys(String prefix) {

  static final int PARTS = 64;

  static StreamKeys of(String prefix) {
    return new StreamKeys(prefix + ":1:");
  }

  /** Which part a channel belongs to, the same on every node and in every version. */
  static int part(String channel) {
    int spread = channel.hashCode() * 0x9E3779B9;
    return (spread ^ spread >>> 16) & PARTS - 1;
  }

  /** As the scripts of a stream want them. */
  List<String> stream(String channel) {
    String part = part(part(channel));
    return List.of(
        part + "s:" + channel,
        part + "p:" + channel,
        part + "k:" + channel,
        part + "o:" + channel,
        part + "log",
        part + "logged");
  }

  String state(String channel) {
    return states(part(channel)) + channel;
  }

  /** What stands before the channel in the names of the states of a part. */
  String states(int part) {
    return part(part) + "s:";
  }

  List<String> changes(int part) {
    return List.of(part(part) + "log", part(part) + "logged");
  }

  String era() {
    return prefix + "era";
  }

  private String part(int number) {
    return prefix + "{" + number + "}:";
  }
}
