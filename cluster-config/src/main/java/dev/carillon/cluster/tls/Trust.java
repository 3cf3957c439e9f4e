package dev.carillon.cluster.tls;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a node tells the others about a key, so that they see whether they can work together, also
 * while one key replaces another on one node after the other.
 *
 * @param own fingerprint of what this node uses; empty when it uses none
 * @param accepted fingerprints of what it accepts
 */
public record Trust(String own, Set<String> accepted) {

  /** Of a node that uses none. */
  public static final Trust NONE = new Trust("", Set.of());

  public Trust {
    accepted = Set.copyOf(accepted);
  }

  /** Whether a node uses one at all. */
  public boolean isUsed() {
    return !own.isEmpty();
  }

  /** Whether each of both accepts what the other uses. */
  public boolean worksWith(Trust other) {
    return isUsed() && other.isUsed()
        ? accepted.contains(other.own) && other.accepted.contains(own)
        : isUsed() == other.isUsed();
  }

  /** Of what {@link #toString} made. */
  public static Trust parse(String text) {
    var words = text.split(" ", -1);
    return new Trust(
        words[0],
        Arrays.stream(words)
            .skip(1)
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public String toString() {
    return own + " " + String.join(" ", new TreeSet<>(accepted));
  }
}
