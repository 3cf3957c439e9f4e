package dev.carillon.gateway;

import io.vertx.core.Context;
import io.vertx.ext.web.Router;

/**
 * What a verticle adds to an HTTP server that it does not know. The server mounts every gateway of
 * its process once for each of its instances, on that instance's event loop.
 */
public interface Gateway {

  /** The verticle that contributes, for example {@code chat-hub}. */
  String name();

  /**
   * Adds routes. A WebSocket path is an ordinary GET route whose handler takes the connection over.
   *
   * @param router of one server instance; all its handlers run on {@code context}
   */
  void mount(Router router, Context context);
}
