package dev.carillon.chaos.lab;

/** The lab itself can't go on: a program of the system failed, or a node does not start. */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean notPermitted;

  /** With what went wrong and where to look. */
  public LabException(String message) {
    this(message, false);
  }

  private LabException(String message, boolean notPermitted) {
    super(message);
    this.notPermitted = notPermitted;
  }

  /** This machine has not what the lab needs, whatever is tried there. */
  static LabException notPermitted(String message) {
    return new LabException(message, true);
  }

  /** Whether other faults may be possible on this machine. */
  public boolean isNotPermitted() {
    return notPermitted;
  }
}
