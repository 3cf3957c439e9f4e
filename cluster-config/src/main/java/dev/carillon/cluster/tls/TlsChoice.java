package dev.carillon.cluster.tls;

/** Whether the event bus is encrypted. */
public enum TlsChoice {
  /** As soon as the ports of the cluster are bound to an address that is not loopback. */
  AUTO,
  TRUE,
  FALSE
}
