package dev.carillon.port;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Streams that are kept outside the data grid, as one node opens and watches them. */
public interface StreamsEngine {

  /**
   * What it is and where, without secrets. All nodes of a cluster must have the same, else some
   * would not see what others store.
   */
  String place();

  /**
   * Begins to connect, and goes on with that until it is closed. Called once.
   *
   * @param loops of the node, on which it may do what it does
   * @param compareAll called, on any thread, when streams may have lost something or were out of
   *     reach: then all positions are to be compared
   */
  Streams open(Vertx vertx, List<Context> loops, Runnable compareAll);

  /** Completes when it is known whether the streams can be reached; never fails. */
  Future<Void> opened();

  /**
   * What does not work at present, in a few words for an operator; empty when all is well. Cheap,
   * on any thread.
   */
  String trouble();

  /** What waits for an answer fails. */
  Future<Void> close();
}
