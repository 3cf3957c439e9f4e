package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.spi.exception.RetryableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Which failures of the data grid leave open whether an operation was done. */
public final class Uncertain {

  private Uncertain() {}

  /**
   * Whether it may have been done, or may succeed when it is done again. A member that has just
   * stopped still answers for a moment, with "not active"; a connection that can't be made while
   * members go is a plain RuntimeException.
   */
  public static boolean is(Throwable failure) {
    var cause = unwrap(failure);
    return cause instanceof TimeoutException
        || cause instanceof OperationTimeoutException
        || cause instanceof IndeterminateOperationStateException
        || cause instanceof HazelcastInstanceNotActiveException
        || cause instanceof RetryableException
        || cause.getClass() == RuntimeException.class;
  }

  /** What futures wrapped. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause.getClass() == ExecutionException.class)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
