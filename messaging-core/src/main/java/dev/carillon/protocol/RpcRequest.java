package dev.carillon.protocol;

/** A call of the application behind the server, of which there is none: it is refused. */
public record RpcRequest(long id) implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.rpc(this);
  }
}
