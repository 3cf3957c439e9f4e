package dev.carillon.cluster.terms;

import dev.carillon.wire.Incarnation;
import java.util.Set;

/**
 * A time in which these core nodes keep the streams together. It ends when one of them goes; who
 * comes is added to it.
 *
 * @param number greater than that of every term before in which something was acknowledged
 */
public record Term(long number, Set<Incarnation> members) {

  public Term {
    members = Set.copyOf(members);
  }
}
