package dev.carillon.chaos.lab;

/** The lab itself can't go on: a program of the system failed, or a node does not start. */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what went wrong and where to look. */
  public LabException(String message) {
    super(message);
  }
}
