package dev.carillon.admin;

import dev.carillon.token.Operator;

/**
 * Who sends a request, and from where.
 *
 * @param address the IP address of the socket
 */
record Caller(Operator operator, String address) {

  /** As it stands in the log. */
  @Override
  public String toString() {
    return operator.name() + " from " + address;
  }
}
