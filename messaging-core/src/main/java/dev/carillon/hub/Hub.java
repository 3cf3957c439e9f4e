package dev.carillon.hub;

import dev.carillon.port.Ports;
import dev.carillon.protocol.Encoding;
import dev.carillon.session.ClientOptions;
import io.vertx.core.Context;

/** One event loop's clients and channels. All calls come from that event loop. */
public final class Hub {

  private final Context context;
  private final Ports ports;
  private final ClientOptions options;

  Hub(Context context, Ports ports, ClientOptions options) {
    this.context = context;
    this.ports = ports;
    this.options = options;
  }

  /** The context that everything of this hub runs on. */
  public Context context() {
    return context;
  }

  /**
   * A new client on a socket that was just opened. The transport then calls {@link
   * ClientConnection#received} for each message and {@link ClientConnection#closed} once.
   */
  public ClientConnection open(Transport transport, Encoding encoding) {
    var connection = new ClientConnection(transport, encoding, options);
    ports.connections().count();
    return connection;
  }
}
