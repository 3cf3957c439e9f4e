package dev.carillon.cluster;

/**
 * Stops the data grid before it merges with others, which it tries again later. Nothing but an
 * exception can do that, and it ends the thread that would have merged. Who throws it has said why
 * in the log.
 */
public final class MergeStopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Both for whoever looks at the log in detail. */
  public MergeStopped(String message, Throwable why) {
    super(message, why);
  }
}
