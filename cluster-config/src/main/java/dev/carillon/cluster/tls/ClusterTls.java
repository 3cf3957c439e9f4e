package dev.carillon.cluster.tls;

import dev.carillon.config.Option;

/** How nodes prove to each other that they are nodes: the keys below {@code cluster.tls}. */
public record ClusterTls(
    @Option(
            value = "auto",
            doc =
                "Whether the event bus uses TLS, with certificates on both ends. `auto`: when"
                    + " `cluster.bind` is not loopback, or a file is set. The same on all nodes.",
            why = "What leaves the machine is read and forged by whoever is on the way.")
        TlsChoice enabled,
    @Option(
            doc =
                "PEM file of the authority that signs the certificates of nodes, and of nothing"
                    + " else: who has one is a node. Several while it is replaced.",
            why = "`./carillon certs` makes one.")
        String caFile,
    @Option(
            doc = "PEM file of this node's certificate, which the authority has signed.",
            why = "`./carillon certs` makes it.")
        String certFile,
    @Option(
            doc = "PEM file of the private key of the certificate, not encrypted.",
            why = "It belongs to the certificate.")
        String keyFile) {

  /** Whether the bus uses TLS. */
  public boolean on(boolean loopbackOnly) {
    return switch (enabled) {
      case TRUE -> true;
      case FALSE -> false;
      case AUTO -> !loopbackOnly || hasFile();
    };
  }

  /** Who names a file wants it to be used. */
  boolean hasFile() {
    return !(caFile.isEmpty() && certFile.isEmpty() && keyFile.isEmpty());
  }
}
