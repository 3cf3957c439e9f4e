package dev.carillon.launch.local;

/** Why a node can't start: one line for the operator, exit code 1. */
public final class LaunchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LaunchException(String line) {
    super(line);
  }

  public LaunchException(String line, Throwable cause) {
    super(line, cause);
  }
}
