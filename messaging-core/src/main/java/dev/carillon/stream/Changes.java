package dev.carillon.stream;

import java.util.List;

/**
 * What changed in one part of the streams.
 *
 * @param part which one
 * @param upTo to be asked for the next time
 * @param lost whether the log does not reach back to what was seen: then anything may have changed
 *     before {@code upTo}, and {@code changes} is empty
 * @param changes channels that changed since, each once, with where it stood last
 */
public record Changes(int part, ChangeVersion upTo, boolean lost, List<StreamChange> changes) {

  public Changes {
    changes = List.copyOf(changes);
  }
}
