package dev.carillon.stream;

/**
 * How far a {@link ChangeLog} was read.
 *
 * @param log which life of the log: random, and never 0
 * @param version number of the last change that was seen
 */
public record ChangeVersion(long log, long version) {

  /** Nothing was seen of any log. */
  public static final ChangeVersion NONE = new ChangeVersion(0, 0);
}
