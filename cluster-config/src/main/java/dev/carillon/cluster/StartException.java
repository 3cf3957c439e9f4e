package dev.carillon.cluster;

/**
 * The node can't be a member of the cluster. The message is one line for the operator that names
 * the key, the values and the cure; the process ends with exit code 1.
 */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What stood in the way. */
  public enum Reason {
    /** A port that was configured is taken. */
    PORT_TAKEN,
    /** The address to bind to or to be reached at is not one of this machine. */
    BAD_ADDRESS,
    /** None of the nodes to join answered. */
    NOBODY_ANSWERED,
    /** The nodes to join belong to a cluster of another name. */
    OTHER_CLUSTER,
    /** The nodes to join answered, but did not let this one in. */
    NOT_ADMITTED,
    /** The other nodes did not confirm in time what this one told them. */
    UNCONFIRMED,
    /** The certificate of the node can't be used, or there is none. */
    CERTIFICATE,
    /** The file of the payload key can't be used. */
    PAYLOAD_KEY,
    /** This node differs from the cluster in something all nodes must agree on. */
    DISAGREEMENT,
    /** This node was a member and can't be one any more. */
    EXPELLED
  }

  private final Reason reason;
  private final String key;
  private final String line;

  /**
   * @param message one line
   */
  public StartException(Reason reason, String key, String message) {
    super(message);
    this.reason = reason;
    this.key = key;
    this.line = message;
  }

  public Reason reason() {
    return reason;
  }

  /** The option that has to be changed, for example {@code cluster.port}. */
  public String key() {
    return key;
  }

  /** One line for the operator. */
  @Override
  public String getMessage() {
    return line;
  }
}
