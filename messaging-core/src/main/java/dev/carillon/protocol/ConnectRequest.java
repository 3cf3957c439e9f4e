package dev.carillon.protocol;

/**
 * The first command of every connection.
 *
 * @param token who the client is; empty when it has none
 * @param name what the client software calls itself; empty when it does not say
 * @param version its version
 */
public record ConnectRequest(long id, String token, String name, String version)
    implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.connect(this);
  }
}
