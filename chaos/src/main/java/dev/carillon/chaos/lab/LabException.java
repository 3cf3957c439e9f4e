package dev.carillon.chaos.lab;

/**
 * A run can't go on: a program of the system failed, the machine does not permit it, or the nodes
 * are not what they should be.
 */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private enum Kind {
    FAILED,
    NOT_PERMITTED,
    UNWELL
  }

  private final Kind kind;

  /** With what went wrong and where to look. */
  public LabException(String message) {
    this(message, Kind.FAILED);
  }

  private LabException(String message, Kind kind) {
    super(message);
    this.kind = kind;
  }

  /** This machine has not what the lab needs, whatever is tried there. */
  static LabException notPermitted(String message) {
    return new LabException(message, Kind.NOT_PERMITTED);
  }

  /** The nodes do not get well, and the lab waits no longer. */
  public static LabException unwell(String message) {
    return new LabException(message, Kind.UNWELL);
  }

  /** Whether other faults may be possible on this machine. */
  public boolean isNotPermitted() {
    return kind == Kind.NOT_PERMITTED;
  }

  /** Whether it is the nodes that failed, and not the lab. */
  boolean isUnwell() {
    return kind == Kind.UNWELL;
  }
}
